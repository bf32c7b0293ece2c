/** The host's own sign-in and sign-up: the widgets begin where somebody is signed in. */
import { SettingsError, type Invitation } from '../../src/contract/index.js';
import { bdi, h } from '../dom.js';
import { failure, field, form, sentenceFor, triesLeft, type Field } from '../forms.js';
import { icon } from '../icons.js';
import { canAskPasskey } from '../passkey.js';
import type { Account, Credentials, DemoPerson } from '../session.js';
import type { Page } from './page.js';

export interface SignInOptions {
  /** Why this page is shown, where the person did not ask for it. */
  notice: string | null;
  /** Whom the demo offers to be. */
  people: readonly DemoPerson[];
  signIn: (credentials: Credentials) => Promise<void>;
  signInByPasskey: () => Promise<void>;
}

export function signInPage({ notice, people, signIn, signInByPasskey }: SignInOptions): Page {
  const address = field('Email address', { type: 'email', name: 'email', autocomplete: 'username', inputmode: 'email', spellcheck: 'false', autocapitalize: 'none' });
  const password = field('Password', { type: 'password', name: 'password', autocomplete: 'current-password' });
  const code = field(
    'Enter your one-time code here',
    { class: 'input input-code', type: 'text', name: 'code', inputmode: 'numeric', autocomplete: 'one-time-code', spellcheck: 'false' },
    'Six digits from your authenticator app.',
  );
  const recovery = field(
    'Recovery code',
    { class: 'input input-code', type: 'text', name: 'recovery-code', autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false' },
    'One of the codes that you saved when you set up multi-factor authentication. Each one works once.',
  );
  const failed = failure();
  const heading = h('h1', { tabindex: '-1' }, 'Sign in');
  const lede = h('p', { class: 'lede' }, notice ?? 'Welcome back to UserFlux.');

  let asksForCode = false;
  let byRecoveryCode = false;
  /** The field of the second step. */
  const second = (): Field => (byRecoveryCode ? recovery : code);
  const show = (step: 'password' | 'code'): void => {
    asksForCode = step === 'code';
    address.root.hidden = password.root.hidden = asksForCode;
    back.hidden = otherWay.hidden = !asksForCode;
    byPasskey.hidden = asksForCode || !canAskPasskey;
    code.root.hidden = !asksForCode || byRecoveryCode;
    recovery.root.hidden = !asksForCode || !byRecoveryCode;
    otherWay.textContent = byRecoveryCode ? 'Use a one-time code' : 'Use a recovery code';
    heading.textContent = asksForCode ? 'One more step' : 'Sign in';
    lede.replaceChildren(...(asksForCode ? ['Signing in as ', bdi(address.input.value.trim(), true), '.'] : [notice ?? 'Welcome back to UserFlux.']));
    demo.hidden = asksForCode || people.length === 0;
    failed.say(null);
  };

  const fail = (target: Field, sentence: string): void => {
    target.fail(sentence);
    target.input.focus();
  };

  const submit = async (): Promise<void> => {
    failed.say(null);
    if (!address.input.value.trim()) {
      fail(address, 'Enter your email address.');
      return;
    }
    if (!password.input.value) {
      fail(password, 'Enter your password.');
      return;
    }
    if (asksForCode && !second().input.value.trim()) {
      fail(second(), byRecoveryCode ? 'Enter one of your recovery codes.' : 'Enter the code that your app shows now.');
      return;
    }
    try {
      await signIn({ email: address.input.value.trim(), password: password.input.value, ...(asksForCode ? { code: second().input.value } : {}) });
      password.input.value = recovery.input.value = '';
    } catch (thrown) {
      const kind = SettingsError.is(thrown) ? thrown.kind : undefined;
      if (kind === 'step-up-required' && !asksForCode) {
        show('code');
        code.input.focus();
      } else if (SettingsError.is(thrown) && asksForCode && (kind === 'wrong-credential' || kind === 'invalid')) {
        second().input.select();
        fail(second(), `${byRecoveryCode ? 'That recovery code did not match, or was used before.' : 'That code did not match. Check the time on your phone and try the next code.'}${triesLeft(thrown)}`);
      } else if (SettingsError.is(thrown) && (kind === 'wrong-credential' || kind === 'invalid')) {
        password.input.value = '';
        fail(password, `This email address and password do not belong together.${triesLeft(thrown)}`);
      } else {
        failed.say(sentenceFor(thrown));
      }
    }
  };

  const back = h('button', { class: 'button button-quiet button-wide', type: 'button' }, 'Back');
  back.addEventListener('click', () => {
    code.input.value = recovery.input.value = '';
    byRecoveryCode = false;
    show('password');
    address.input.focus();
  });

  const otherWay = h('button', { class: 'button button-quiet button-wide', type: 'button' });
  otherWay.addEventListener('click', () => {
    byRecoveryCode = !byRecoveryCode;
    show('code');
    second().input.focus();
  });

  const byPasskey = h('button', { class: 'button button-wide', type: 'button' }, icon('key'), 'Sign in with a passkey');
  byPasskey.addEventListener('click', () => {
    if (byPasskey.getAttribute('aria-disabled') === 'true') return;
    byPasskey.setAttribute('aria-disabled', 'true');
    failed.say(null);
    void signInByPasskey()
      .catch((thrown: unknown) => {
        failed.say(passkeySentence(thrown));
      })
      .finally(() => {
        byPasskey.removeAttribute('aria-disabled');
      });
  });

  const demo = h(
    'aside',
    { class: 'notice gate-aside', 'aria-label': 'Demo accounts' },
    icon('help'),
    h(
      'div',
      {},
      h('p', {}, 'Demo accounts, with the passwords they begin with.'),
      h(
        'ul',
        { class: 'demo-people' },
        ...people.map((person) => {
          const use = h('button', { class: 'button button-small', type: 'button', 'aria-label': `Fill in ${person.name}` }, 'Fill in');
          use.addEventListener('click', () => {
            address.input.value = person.email;
            password.input.value = person.password;
            address.fail(null);
            password.fail(null);
            failed.say(null);
            password.input.focus();
          });
          return h('li', {}, h('span', {}, h('span', { class: 'strong' }, person.name), `, ${person.role}`), use);
        }),
      ),
    ),
  );

  show('password');
  return {
    title: 'Sign in',
    layout: 'plain',
    content: [
      h('div', { class: 'gate' }, heading, lede, form('Sign in', submit, failed.root, address.root, password.root, code.root, recovery.root), byPasskey, otherWay, back, demo),
    ],
  };
}

function passkeySentence(thrown: unknown): string {
  const kind = SettingsError.is(thrown) ? thrown.kind : undefined;
  if (kind === 'aborted') return 'No passkey was used. It was cancelled, or it took too long. Try again, or sign in with your password.';
  if (kind === 'unsupported') return 'This browser could not use a passkey on this page. Sign in with your password.';
  if (SettingsError.is(thrown) && kind === 'wrong-credential') return `This passkey does not open an account here. Use another one, or sign in with your password.${triesLeft(thrown)}`;
  return sentenceFor(thrown);
}

export interface SignUpOptions {
  /** The invitation that brought the person here; null when there is none. */
  invitation: Promise<Invitation | null>;
  signUp: (account: Account) => Promise<void>;
}

export function signUpPage({ invitation, signUp }: SignUpOptions): Page {
  const title = 'Create your account';
  const lede = h('p', { class: 'lede' }, 'One moment.');
  const gate = h('div', { class: 'gate' }, h('h1', { tabindex: '-1' }, title), lede);
  void invitation.then((known) => {
    if (known) {
      lede.replaceChildren('Then you can join ', bdi(known.organisationName), '.');
      gate.append(...signUpForm(known.email, signUp));
    } else {
      lede.textContent = 'New accounts begin with an invitation. Follow the link in its mail again.';
      gate.append(h('div', { class: 'gate-actions' }, h('a', { class: 'button', href: '#/sign-in' }, 'Sign in')));
    }
  });
  return { title, layout: 'plain', content: [gate] };
}

function signUpForm(email: string, signUp: SignUpOptions['signUp']): HTMLElement[] {
  const address = field('Email address', { type: 'email', name: 'email', autocomplete: 'username', readonly: true, value: email }, 'The invitation is for this address.');
  const name = field('Your name', { type: 'text', name: 'name', autocomplete: 'name' });
  const password = field('Password', { type: 'password', name: 'new-password', autocomplete: 'new-password' }, 'At least 15 characters. A password manager can make one and remember it for you.');
  const failed = failure();

  const fail = (target: Field, sentence: string): void => {
    target.fail(sentence);
    target.input.focus();
  };

  const submit = async (): Promise<void> => {
    failed.say(null);
    if (!name.input.value.trim()) {
      fail(name, 'Enter your name.');
      return;
    }
    if (!password.input.value) {
      fail(password, 'Choose a password.');
      return;
    }
    try {
      await signUp({ name: name.input.value.trim(), email, password: password.input.value });
      password.input.value = '';
    } catch (thrown) {
      const problems = SettingsError.is(thrown) ? thrown.fields : undefined;
      if (problems?.['name']) fail(name, problems['name'] === 'too-long' ? 'Use a shorter name.' : 'Enter your name as others should read it.');
      else if (problems?.['password']) fail(password, passwordSentence(problems['password'], password.input.value));
      else if (problems?.['email'] || (SettingsError.is(thrown) && thrown.kind === 'conflict')) failed.say('This address has an account already. Sign in with it instead.');
      else if (SettingsError.is(thrown) && thrown.kind === 'forbidden') failed.say('This invitation is not open any more. Ask for a new one.');
      else failed.say(sentenceFor(thrown));
    }
  };

  return [
    form('Create account', submit, failed.root, address.root, name.root, password.root),
    h('p', { class: 'quiet gate-foot' }, 'You have an account? ', h('a', { href: '#/sign-in' }, 'Sign in')),
  ];
}

function passwordSentence(problem: string, typed: string): string {
  switch (problem) {
    case 'too-short':
      return `Use at least 15 characters. You have ${Array.from(typed).length}.`;
    case 'too-long':
      return 'Use a shorter password.';
    case 'common':
      return 'Many people use this password, so it is guessed first. Choose another.';
    default:
      return 'Choose another password.';
  }
}
