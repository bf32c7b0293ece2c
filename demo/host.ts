/**
 * A host page: the dashboard of a product, with its own navigation, router, forms and CSS, into which the settings are embedded.
 *
 * What to take from it for your product is little. The tags, once round your shell and once in your navigation (index.html):
 *
 * ```html
 * <uf-provider base-url="/api/settings">
 *   <uf-organisation-menu settings-url="#/settings"></uf-organisation-menu>
 *   …
 *   <uf-settings></uf-settings>
 * </uf-provider>
 * ```
 *
 * and the lines between the two rulers below: register the tags, connect the provider (the attribute above does, where the backend speaks
 * the settings HTTP API), answer the events that concern the page. All else here is what your product has already. The page's strict Content-Security-Policy (index.html) needs no exception.
 */
import { UfOrganisationMenu, UfProvider } from '../src/define/all.js'; // registers the tags
import type { AuthContext, Invitation } from '../src/contract/index.js';
import { find, h } from './dom.js';
import { confirmEmailPage, invitationPage, lostLinkPage } from './pages/mail-links.js';
import { outboxPage } from './pages/outbox.js';
import { overviewPage } from './pages/overview.js';
import { messagePage, pageHead, type Page } from './pages/page.js';
import { productPages } from './pages/product.js';
import { signInPage, signUpPage } from './pages/sign-in.js';
import { go, startRouter, type Arrival } from './router.js';
import { session } from './session.js';
import { buildShell } from './shell.js';

// ── Embedding the settings ──────────────────────────────────────────────────────────────────────────────────────────

const provider = find('uf-provider', UfProvider);
session.connect(provider);

const settings = document.createElement('uf-settings'); // kept while other pages are shown, and with it what was typed
settings.addEventListener('uf-tab-change', (event) => {
  go(`settings/${event.detail.tab}`); // this host owns its address bar; otherwise deep-link="hash" does it
});
settings.append(signedOutHint()); // shown when the session ends elsewhere
provider.addEventListener('uf-auth-change', (event) => {
  onAuth(event.detail.auth); // the page may know who is signed in, too
});
provider.addEventListener('uf-sign-out', onSignOut);

// ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

const shell = buildShell();
const main = find('.main', HTMLElement);
const menu = find('uf-organisation-menu', UfOrganisationMenu);

/** What the host remembers. The token of an invitation stays in memory only. */
let auth: AuthContext | null = null;
let email: string | null = session.firstEmail ?? null;
let page: Page | undefined;
let pageName: string | undefined;
let returnTo = '';
let notice: string | null = session.firstEmail === undefined ? 'The server did not answer. Reload the page in a moment; if you were signed in, you still are.' : null;
let invitation: { token: string; known: Promise<Invitation | null> } | null = null;

function onAuth(now: AuthContext | null): void {
  auth = now;
  const cameBack = now !== null && email === null;
  if (now) {
    email = now.user.email;
    session.remember(email);
  }
  page?.update?.();
  // The session ended elsewhere. The settings say so by themselves and keep what was typed.
  if (!now && email !== null && pageName !== undefined && pageName !== 'settings' && pageName in ownPages) {
    email = null;
    notice = 'Your session has ended. Sign in to go on.';
    go('sign-in');
  }
  // A session that was not known as the page opened, or was begun in another tab.
  if (cameBack && pageName === 'sign-in') go(invitation ? 'invitation' : returnTo, { replace: true });
}

function signedOutHint(): HTMLElement {
  return h(
    'div',
    { slot: 'signed-out', class: 'card empty' },
    h('h2', {}, 'You are signed out'),
    h('p', { class: 'quiet' }, 'Sign in again to go on. What you had typed is kept if you come back as the same person.'),
    h('a', { class: 'button button-primary', href: '#/sign-in' }, 'Sign in'),
  );
}

function onSignOut(): void {
  auth = null;
  email = null;
  session.remember(null);
  returnTo = '';
  if (invitation) {
    openInvitation(invitation.token);
    go('invitation');
  } else {
    notice = 'You are signed out. See you soon.';
    go('sign-in');
  }
}

/** The host may end the session, too: the widgets forget the person at once, whatever the backend answers. */
async function signOut(): Promise<void> {
  await provider.client?.signOut().catch(() => undefined);
  onSignOut();
}

function openInvitation(token: string): void {
  invitation = { token, known: session.invitation(token).catch(() => null) };
}

/** @param how signs in, and answers the address of whoever it is */
async function enter(how: () => Promise<string>): Promise<void> {
  email = await how();
  session.remember(email);
  notice = null;
  await provider.refresh();
  go(invitation ? 'invitation' : returnTo, { replace: true });
}

function settingsPage(): Page {
  return { title: 'Account Settings', content: [pageHead('Account Settings'), settings] };
}

/** Pages that need nobody to be signed in. */
const openPages: Readonly<Record<string, (detail: string | undefined) => Page>> = {
  'sign-in': () =>
    signInPage({
      notice,
      people: session.people,
      signIn: (credentials) =>
        enter(async () => {
          await session.signIn(credentials);
          return credentials.email;
        }),
      signInByPasskey: () => enter(() => session.signInByPasskey()),
    }),
  'sign-up': () =>
    signUpPage({
      invitation: invitation ? invitation.known : Promise.resolve(null),
      signUp: (account) =>
        enter(async () => {
          await session.signUp(account, invitation?.token ?? '');
          return account.email;
        }),
    }),
  invitation: () =>
    invitation
      ? invitationPage({
          token: invitation.token,
          signedInAs: () => auth?.user.email ?? null,
          signOut,
          answered: () => {
            invitation = null;
          },
        })
      : lostLinkPage(email !== null),
  'confirm-email': () => lostLinkPage(email !== null),
  outbox: (detail) => (session.outbox ? outboxPage(session.outbox, detail, email !== null) : nothingHerePage()),
};

const ownPages: Readonly<Record<string, () => Page>> = {
  ...productPages,
  overview: () => overviewPage(() => (auth ? { name: auth.user.name, organisation: auth.organisation?.name ?? 'your organisation' } : null)),
  settings: settingsPage,
};

function nothingHerePage(): Page {
  return messagePage('There is nothing here', 'The address may be mistyped, or the page has moved.', h('a', { class: 'button button-primary', href: '#/' }, 'Overview'));
}

function pageOf(arrival: Arrival): Page {
  if (arrival.kind === 'confirm-email') {
    return confirmEmailPage(async () => {
      await session.confirmEmail(arrival.token);
      if (email !== null) await provider.refresh();
    }, email !== null);
  }
  if (arrival.kind === 'invitation') {
    openInvitation(arrival.token);
    return pageOf({ kind: 'page', name: 'invitation', detail: undefined });
  }
  const { name, detail } = arrival;
  const open = openPages[name];
  if (open) return open(detail);
  returnTo = detail === undefined ? name : `${name}/${detail}`;
  if (email === null) return pageOf({ kind: 'page', name: 'sign-in', detail: undefined });
  invitation = null;
  return ownPages[name]?.() ?? nothingHerePage();
}

function arrive(arrival: Arrival): void {
  const name = arrival.kind === 'page' ? arrival.name : arrival.kind;
  if (name === 'settings' && arrival.kind === 'page') settings.tab = arrival.detail ?? 'account';
  if (name === 'settings' && pageName === 'settings' && email !== null) {
    returnTo = `settings/${settings.tab}`;
    return;
  }
  const first = page === undefined;
  page?.leave?.();
  // Asked before the page is made: where nobody is signed in, the sign-in page stands in its place.
  pageName = email === null && !(name in openPages) && arrival.kind === 'page' ? 'sign-in' : name;
  page = pageOf(arrival);
  main.replaceChildren(...page.content);
  shell.arrive(pageName, page.layout ?? 'full');
  menu.current = pageName === 'settings';
  document.title = `${page.title} · UserFlux`;
  if (first) return;
  scrollTo(0, 0);
  main.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
}

startRouter(arrive);
