import { render } from 'preact';
import { lazy, Suspense } from 'preact/compat';
import { useEffect, useState } from 'preact/hooks';
import '../shop.css';

const Settings = lazy(() => import('./settings.js'));

function App() {
  const [path, setPath] = useState(location.pathname);
  const [person, setPerson] = useState('');
  useEffect(() => {
    const follow = () => setPath(location.pathname);
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }, []);
  const [, page, tab = 'account'] = path.split('/');
  const link = (to: string, text: string) => <a href={to} onClick={(event) => { event.preventDefault(); history.pushState(null, '', to); setPath(to); }}>{text}</a>;
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

const root = document.querySelector('#root');
if (root) render(<App />, root);
