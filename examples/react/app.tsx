import { lazy, Suspense, useEffect, useState } from 'react';

const Settings = lazy(() => import('./settings.js'));

/** The path of the page, and a way to another one. */
function usePath(): readonly [string, (path: string) => void] {
  const [path, setPath] = useState(location.pathname);
  useEffect(() => {
    const follow = () => setPath(location.pathname);
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }, []);
  return [path, (to) => { history.pushState(null, '', to); setPath(to); }];
}

export function App() {
  const [path, go] = usePath();
  const [person, setPerson] = useState('');
  const [, page, tab = 'account'] = path.split('/');
  const link = (to: string, text: string) => <a href={to} onClick={(event) => { event.preventDefault(); go(to); }}>{text}</a>;
  return (
    <>
      <header>
        <strong>Shop</strong>
        <nav>{link('/', 'Home')}{link('/settings', 'Settings')}{link('/settings/team', 'Team')}</nav>
        <output>{person}</output>
      </header>
      <main>
        {page === 'settings'
          ? <Suspense fallback={<p>Loading</p>}><Settings tab={tab} onPerson={setPerson} /></Suspense>
          : <h1>Welcome to the shop</h1>}
      </main>
    </>
  );
}
