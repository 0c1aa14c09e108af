import './login.css';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { ApiError, api, type Session } from '../../api/client.ts';
import { ThemeToggle } from '../../components/theme-toggle.tsx';
import { useTitle } from '../../components/title.ts';

export default function LoginPage({ onSignedIn }: { onSignedIn: (session: Session) => void }) {
  useTitle('Sign in');
  const [, navigate] = useLocation();
  const [search] = useSearchParams();
  const [wait, startWaiting] = useCountdown();
  const signIn = useMutation({
    mutationFn: ({ email, password }: { email: string; password: string }) => api.signIn(email, password),
    onSuccess: (session) => {
      onSignedIn(session);
      navigate(ownPath(search.get('next')), { replace: true });
    },
    onError: (error) => {
      if (error instanceof ApiError && error.status === 429) startWaiting(error.retryAfter ?? 30);
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    signIn.mutate({ email: String(data.get('email')), password: String(data.get('password')) });
  };
  return (
    <main className="login">
      <div className="login-theme">
        <ThemeToggle />
      </div>
      <form onSubmit={submit}>
        <h1>Wardline</h1>
        <p className="muted">Application security for your services</p>
        <label htmlFor="email">Email</label>
        <input
          className="field"
          id="email"
          name="email"
          type="email"
          autoComplete="username"
          required
          maxLength={320}
        />
        <label htmlFor="password">Password</label>
        <input
          className="field"
          id="password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          maxLength={1000}
        />
        <div role="alert" className="login-error">
          {wait > 0
            ? `Too many attempts to sign in. You can try again in ${wait} s.`
            : signIn.error &&
              (signIn.error instanceof ApiError && signIn.error.status === 429
                ? 'You can try again now.'
                : signIn.error.message)}
        </div>
        <button type="submit" className="button primary" disabled={signIn.isPending || wait > 0}>
          {signIn.isPending ? 'Signing in…' : 'Sign in'}
        </button>
      </form>
    </main>
  );
}

/** Seconds left, and how to begin. */
function useCountdown(): [left: number, start: (seconds: number) => void] {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (left <= 0) return;
    const timer = setTimeout(() => setLeft(left - 1), 1_000);
    return () => clearTimeout(timer);
  }, [left]);
  return [left, setLeft];
}

/** Where to go on: a path of this UI and nothing else, because the address may come from a stranger's link. */
function ownPath(next: string | null): string {
  if (next === null || !/^\/(?![/\\])/.test(next)) return '/';
  return new URL(next, window.location.origin).origin === window.location.origin ? next : '/';
}
