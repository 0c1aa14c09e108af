import './top-bar.css';
import { useEffect, useRef } from 'react';
import { Link, useLocation } from 'wouter';
import { openHelp } from './help-dialog.tsx';
import { ThemeToggle } from './theme-toggle.tsx';

/** The pages that there are. */
const PAGES = [{ path: '/signals', name: 'Signals' }] as const;

export function TopBar({ email, onSignOut }: { email: string; onSignOut: () => Promise<void> }) {
  const [location] = useLocation();
  return (
    <header className="top-bar">
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <Link href="/" className="brand">
        <svg viewBox="0 0 16 16" width="17" height="17" aria-hidden="true">
          <path d="M1 2h14v5c0 4-3 6.5-7 8-4-1.5-7-4-7-8z" className="brand-shield" />
          <path d="m4 5 2 6 2-5 2 5 2-6" className="brand-letter" />
        </svg>
        Wardline
      </Link>
      <nav aria-label="Pages">
        {PAGES.map(({ path, name }) => (
          <Link key={path} href={path} aria-current={location.startsWith(path) ? 'page' : undefined}>
            {name}
          </Link>
        ))}
      </nav>
      <div className="top-bar-end">
        <button
          type="button"
          className="icon-button"
          aria-label="Keyboard help"
          title="Keyboard help (?)"
          onClick={openHelp}
        >
          ?
        </button>
        <ThemeToggle />
        <UserMenu email={email} onSignOut={onSignOut} />
      </div>
    </header>
  );
}

/** A disclosure: Escape and a click elsewhere close it. */
function UserMenu({ email, onSignOut }: { email: string; onSignOut: () => Promise<void> }) {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event) => {
      const element = details.current;
      if (!element?.open) return;
      if (event instanceof KeyboardEvent) {
        if (event.key !== 'Escape') return;
        // It is for the menu alone.
        event.preventDefault();
        element.querySelector('summary')?.focus();
      } else if (element.contains(event.target as globalThis.Node)) return;
      element.open = false;
    };
    document.addEventListener('pointerdown', close);
    document.addEventListener('keydown', close);
    return () => {
      document.removeEventListener('pointerdown', close);
      document.removeEventListener('keydown', close);
    };
  }, []);
  return (
    <details className="user-menu" ref={details}>
      <summary aria-label={`User menu, ${email}`} title={email}>
        {(email[0] ?? '?').toUpperCase()}
      </summary>
      <div className="user-menu-body">
        <p title={email}>{email}</p>
        <button type="button" className="button" onClick={() => void onSignOut()}>
          Sign out
        </button>
      </div>
    </details>
  );
}
