import { expect } from 'chai';
import { ADA_PASSWORD, demoWorld } from '../../../src/adapters/memory/index.js';
import { Authenticator } from '../../support/authenticator.js';
import { keys, press, type } from '../../support/keys.js';
import { afterThisTest, EVENT_TYPES, hearConsole, mfaKey, mount, saveRecoveryCodes } from '../../support/mount.js';
import { all, field, find, findField, get, gone, reads, shown, written } from '../../support/query.js';
import { next, until } from '../../support/wait.js';

/** Every event that code dispatches anywhere in the page, ours or not, as text. */
function recordEvents(): { texts: string[]; types: Set<string> } {
  const texts: string[] = [];
  const types = new Set<string>();
  const usual = Object.getOwnPropertyDescriptor(EventTarget.prototype, 'dispatchEvent');
  if (!usual) throw new Error('Events are dispatched by this method.');
  const dispatch = usual.value as (this: EventTarget, event: Event) => boolean;
  const value = function record(this: EventTarget, event: Event): boolean {
    if (event instanceof CustomEvent) {
      types.add(event.type);
      texts.push(`${event.type} ${JSON.stringify(event.detail)}`);
    }
    return dispatch.call(this, event);
  };
  Object.defineProperty(EventTarget.prototype, 'dispatchEvent', { ...usual, value });
  afterThisTest(() => {
    Object.defineProperty(EventTarget.prototype, 'dispatchEvent', usual);
  });
  return { texts, types };
}

describe('A whole journey through account and keys', () => {
  it('leaves no password, code, TOTP secret, key secret or token in any event, the console, the address or storage', async () => {
    const console = hearConsole();
    const events = recordEvents();
    const world = demoWorld();
    const stage = await mount('<uf-organisation-menu></uf-organisation-menu><uf-settings></uf-settings>', { world });
    const secrets = new Map<string, string>([['the old password', ADA_PASSWORD]]);
    const hide = (what: string, secret: string): string => {
      secrets.set(what, secret);
      return secret;
    };
    for (const [index, key] of (world.organisations[0]?.keys ?? []).entries()) secrets.set(`key ${index + 1}`, key.secret);

    // Password: a wrong one, then a right one.
    const fresh = hide('the new password', 'the mill grinds the store 42');
    await type(field('Current password'), hide('a wrong password', 'wrong-but-close-1843'));
    await type(field('New password'), fresh);
    await type(field('Confirm password'), fresh);
    await keys('Enter');
    await reads('That is not your current password.');
    await type(field('Current password'), ADA_PASSWORD);
    await keys('Enter');
    await reads('Saved', stage.root);

    // MFA: a wrong code, then a right one.
    await press(get('button', 'Setup Multi-factor authentication'));
    const secret = hide('the TOTP secret', await mfaKey(stage));
    expect(secret).to.have.length(32);
    const phone = new Authenticator(secret, stage.clock);
    await type(field('Enter your one-time code here'), hide('a wrong code', phone.wrongCode()));
    await keys('Enter');
    await reads('4 tries left');
    await type(field('Enter your one-time code here'), hide('the first code', phone.code()));
    await keys('Enter');
    for (const [index, code] of (await saveRecoveryCodes()).entries()) hide(`recovery code ${index + 1}`, code);
    await reads('Multi-factor authentication is on');

    // An invitation, whose token is in the mail alone.
    await press(get('tab', 'Team Members'));
    await press(await find('button', 'New Invitation'));
    const dialog = await find('dialog', 'New Invitation');
    await type(field('Email address', dialog), 'wilhelmine@example.net');
    await keys('Enter');
    await gone('dialog');
    hide('the token of the invitation', stage.mails('wilhelmine@example.net')[0]?.link?.split('=')[1] ?? '');

    // Keys: revealed after a code, copied, hidden; then limited to an address.
    stage.clock.advance(700);
    await press(get('tab', 'API Keys'));
    await reads(/key ending \w{4}, hidden/);
    await press(get('button', 'View API Keys'));
    const mfa = await find('dialog', 'Complete MFA');
    await type(get('textbox', 'One-time code', mfa), hide('the second code', phone.code()));
    await keys('Enter');
    await reads('Your keys are visible');
    await press(all('button', /^Copy, /)[0] ?? document.body);
    await until(() => /Copied|Press Ctrl\+C/.test(shown(stage.root)), 'the copy');
    await press(get('button', 'Hide now'));
    await reads('Your keys are hidden');
    await press(all('button', /^Anywhere, Source addresses/)[0] ?? document.body);
    await press(get('radio', 'Specific locations', await find('dialog', 'Source addresses')));
    await type(await findField('IP address or network 1'), '203.0.113.7');
    await press(get('button', 'Save addresses'));
    await until(() => all('dialog').length === 0, 'the dialog to close');

    // An error with what was typed in play, and the end.
    await press(get('tab', 'Your Account'));
    stage.backend.faults.fail('password.change', () => { throw new Error(`the server echoes ${fresh}`); });
    await type(field('Current password'), fresh);
    await type(field('New password'), hide('a third password', 'third time is the charm 7'));
    await type(field('Confirm password'), 'third time is the charm 7');
    await keys('Enter');
    await reads('Something went wrong on our side.');
    const out = next(stage.root, 'uf-sign-out');
    await press(get('button', 'Sign out of my account'));
    await out;

    expect(secrets.size).to.be.at.least(25);
    for (const type of EVENT_TYPES.filter((one) => one !== 'uf-open-settings')) expect(events.types, 'the journey heard of everything').to.include(type);
    const places = { events: events.texts.join('\n'), console: console.join('\n'), address: location.href, storage: JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]), page: written(), cookies: document.cookie };
    for (const [what, value] of secrets) {
      expect(value, what).not.to.equal('');
      for (const [where, text] of Object.entries(places)) expect(text.includes(value), `${what} in the ${where}`).to.be.false;
    }
  });
});

describe('Typed events', () => {
  it('hold names and ids of operations only, bubble out of shadow roots, and only uf-before-change can be cancelled', async () => {
    const stage = await mount('<uf-account sections="profile"></uf-account>');
    const box = document.createElement('div');
    const inner = document.createElement('div');
    box.attachShadow({ mode: 'open' }).append(inner);
    stage.root.append(box);
    inner.append(stage.provider);
    await findField('Your name');
    const heard: Event[] = [];
    for (const name of ['uf-before-change', 'uf-change'] as const) stage.root.addEventListener(name, (event) => { heard.push(event); });
    await type(field('Your name'), 'Ada King');
    await keys('Enter');
    await until(() => heard.length === 2, 'both events outside');
    expect(heard.map((event) => [event.type, event.cancelable])).to.deep.equal([['uf-before-change', true], ['uf-change', false]]);
    expect(JSON.stringify(heard.map((event) => (event as CustomEvent<unknown>).detail))).not.to.include('Ada King');
  });
});
