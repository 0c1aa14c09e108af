import { QueryCache, QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense } from 'react';
import { Redirect, Route, Switch, useLocation, useSearch } from 'wouter';
import { ApiError, api } from './api/client.ts';
import { Empty } from './components/empty.tsx';
import { ErrorBox } from './components/error-box.tsx';
import { HelpDialog } from './components/help-dialog.tsx';
import { TopBar } from './components/top-bar.tsx';

const LoginPage = lazy(() => import('./pages/login/page.tsx'));
const SignalsPage = lazy(() => import('./pages/signals/page.tsx'));
const TracePage = lazy(() => import('./pages/trace/page.tsx'));

const SESSION = ['session'];

const client = new QueryClient({
  queryCache: new QueryCache({
    // A session that has ended sends to the login page, wherever it shows first.
    onError: (error, query) => {
      if (error instanceof ApiError && error.status === 401 && query.queryKey[0] !== SESSION[0])
        void client.resetQueries({ queryKey: SESSION });
    },
  }),
  defaultOptions: {
    queries: {
      retry: (failures, error) =>
        failures < 2 && error instanceof ApiError && (error.status === 0 || error.status >= 500),
      refetchOnWindowFocus: true,
      staleTime: 2_000,
    },
  },
});

export function App() {
  return (
    <QueryClientProvider client={client}>
      <Suspense fallback={null}>
        <Switch>
          <Route path="/login">
            <LoginPage onSignedIn={(session) => client.setQueryData(SESSION, session)} />
          </Route>
          <Route>
            <SignedIn>
              <Switch>
                <Route path="/">
                  <Redirect to="/signals" replace />
                </Route>
                <Route path="/signals/:id?">{({ id }) => <SignalsPage openId={id} />}</Route>
                <Route path="/traces/:id">{({ id }) => <TracePage key={id} id={id} />}</Route>
                <Route>
                  <main id="main" className="page">
                    <h1 className="visually-hidden">Not found</h1>
                    <Empty title="There is no page here">
                      <a href="/signals">Go to the signals</a>
                    </Empty>
                  </main>
                </Route>
              </Switch>
            </SignedIn>
          </Route>
        </Switch>
      </Suspense>
    </QueryClientProvider>
  );
}

/** What only shows to someone who is signed in; everyone else goes to the login page and comes back. */
function SignedIn({ children }: { children: ReactNode }) {
  const [path] = useLocation();
  const search = useSearch();
  const session = useQuery({
    queryKey: SESSION,
    queryFn: ({ signal }) => api.session(signal),
    staleTime: 5 * 60_000,
  });
  if (session.data === null) {
    const next = search === '' ? path : `${path}?${search}`;
    return <Redirect to={next === '/' ? '/login' : `/login?${new URLSearchParams({ next })}`} replace />;
  }
  if (session.error && !session.data)
    return (
      <main className="page">
        <ErrorBox
          what="Could not find out who is signed in"
          error={session.error}
          onRetry={() => void session.refetch()}
        />
      </main>
    );
  if (!session.data) return null;
  return (
    <>
      <TopBar
        email={session.data.email}
        onSignOut={async () => {
          await api.signOut();
          // A full load, so that nothing of the session stays in memory.
          window.location.assign('/login');
        }}
      />
      <Suspense fallback={<main className="page" aria-busy="true" />}>{children}</Suspense>
      <HelpDialog />
    </>
  );
}
