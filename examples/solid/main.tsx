import { createSignal, lazy, Match, onCleanup, Suspense, Switch } from 'solid-js';
import { render } from 'solid-js/web';
import '../shop.css';

const Settings = lazy(() => import('./settings.jsx'));

function App() {
  const [path, setPath] = createSignal(location.pathname);
  const [person, setPerson] = createSignal('');
  const follow = () => setPath(location.pathname);
  addEventListener('popstate', follow);
  onCleanup(() => removeEventListener('popstate', follow));
  const link = (to: string, text: string) => <a href={to} onClick={(event) => { event.preventDefault(); history.pushState(null, '', to); follow(); }}>{text}</a>;
  return (
    <>
      <header>
        <strong>Shop</strong>
        <nav>{link('/', 'Home')}{link('/settings', 'Settings')}{link('/settings/team', 'Team')}</nav>
        <output>{person()}</output>
      </header>
      <main>
        <Switch fallback={<h1>Welcome to the shop</h1>}>
          <Match when={path().split('/')[1] === 'settings'}>
            <Suspense fallback={<p>Loading</p>}><Settings tab={path().split('/')[2] ?? 'account'} onPerson={setPerson} /></Suspense>
          </Match>
        </Switch>
      </main>
    </>
  );
}

const root = document.querySelector('#root');
if (root) render(() => <App />, root);
