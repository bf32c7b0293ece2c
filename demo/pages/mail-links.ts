/** Where the links in mails lead: an invitation, and the confirmation of a new email address. */
import { SettingsError } from '../../src/contract/index.js';
import { h } from '../dom.js';
import { sentenceFor } from '../forms.js';
import { session } from '../session.js';
import { messagePage, type Page } from './page.js';

export interface InvitationOptions {
  token: string;
  /** The address of who is signed in. */
  signedInAs: () => string | null;
  signOut: () => Promise<void>;
  /** The invitation was answered: the host may forget it. */
  answered: () => void;
}

/** The host's frame round `<uf-invitation>`: its own sign-in hint, and the way on afterwards. */
export function invitationPage({ token, signedInAs, signOut, answered }: InvitationOptions): Page {
  const widget = document.createElement('uf-invitation');
  widget.token = token; // by property: the secret never stands in the page
  // The widget says whom the invitation is for; how one signs in is the host's affair.
  const way = h('div', { slot: 'signed-out', class: 'gate-actions gate-actions-centred' });
  widget.append(way);
  const after = h('div', { class: 'gate-actions gate-actions-centred' });

  const update = (): void => {
    if (signedInAs() === null) {
      way.replaceChildren(h('a', { class: 'button button-primary', href: '#/sign-up' }, 'Create your account'), h('a', { class: 'button', href: '#/sign-in' }, 'Sign in'));
    } else {
      const leave = h('button', { class: 'button button-primary', type: 'button' }, 'Sign out and go on');
      leave.addEventListener('click', () => void signOut());
      way.replaceChildren(leave);
    }
  };
  widget.addEventListener('uf-change', ({ detail }) => {
    if (detail.operation !== 'invitation.accept' && detail.operation !== 'invitation.decline') return;
    answered();
    if (detail.operation === 'invitation.accept') after.replaceChildren(h('a', { class: 'button button-primary', href: '#/' }, 'Go to the dashboard'));
  });
  update();
  return {
    title: 'Invitation',
    layout: 'plain',
    update,
    content: [h('div', { class: 'gate gate-wide' }, h('h1', { tabindex: '-1' }, 'Invitation'), widget, after)],
  };
}

export function lostLinkPage(signedIn: boolean): Page {
  return messagePage(
    'Open the link again',
    'A link from a mail is used once and not kept in this page. Follow it again from the mail.',
    session.outbox ? h('a', { class: 'button button-primary', href: '#/outbox' }, 'Outbox') : null,
    h('a', { class: 'button', href: signedIn ? '#/' : '#/sign-in' }, signedIn ? 'Overview' : 'Sign in'),
  );
}

export function confirmEmailPage(confirm: () => Promise<unknown>, signedIn: boolean): Page {
  const title = h('h1', { tabindex: '-1' }, 'Confirming your address');
  const sentence = h('p', { class: 'lede', role: 'status' }, 'One moment.');
  const onward = signedIn ? h('a', { class: 'button button-primary', href: '#/settings/account' }, 'Your Account') : h('a', { class: 'button button-primary', href: '#/sign-in' }, 'Sign in');
  const actions = h('div', { class: 'gate-actions', hidden: true }, onward);
  void confirm()
    .then(
      () => {
        title.textContent = 'Your address is confirmed';
        sentence.textContent = 'From now on you sign in with it, and we write to it.';
      },
      (thrown: unknown) => {
        const gone = SettingsError.is(thrown) && (thrown.kind === 'not-found' || thrown.kind === 'invalid' || thrown.kind === 'conflict');
        title.textContent = gone ? 'This link does not work any more' : 'Your address is not confirmed yet';
        sentence.textContent = gone ? 'It was used already, or a newer mail replaced it. Your old address works as before.' : `${sentenceFor(thrown)} Your old address works as before.`;
      },
    )
    .finally(() => {
      actions.hidden = false;
    });
  return { title: 'Confirm your address', layout: 'plain', content: [h('div', { class: 'gate' }, title, sentence, actions)] };
}
