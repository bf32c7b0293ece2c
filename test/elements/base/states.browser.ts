import { expect } from 'chai';
import { ADA_PASSWORD, mfaOnWorld } from '../../../src/adapters/memory/index.js';
import { SettingsError, type OperationName } from '../../../src/contract/index.js';
import { keys, press, type } from '../../support/keys.js';
import { afterThisTest, asksBeforeLeaving, doubledNames, goOffline, hearConsole, listen, mount, place, type Stage } from '../../support/mount.js';
import { all, everything, field, find, findField, focusOn, get, gone, nameOf, reads, said, shown, toasts } from '../../support/query.js';
import { eventually, frame, next, until } from '../../support/wait.js';

describe('Loading', () => {
  it('paints all that needs no data before it is there, and no value that is not known', async () => {
    const stage = await mount('<uf-account></uf-account><uf-company></uf-company><uf-team></uf-team><uf-api-keys></uf-api-keys>', { ready: false, latency: 60_000 });
    await reads('Handle with care');
    await reads('Change password');
    await reads('Multi-factor authentication');
    for (const text of ['Your details', 'Email address', 'Change password', 'Multi-factor authentication', 'Sign out of my account', 'Organisation name', 'Country', 'Integration API Keys']) expect(shown(stage.root)).to.include(text);
    expect(all('textbox', 'Your name').map(nameOf)).to.be.empty;
    stage.root.remove();
  });
});

describe('A save while the data is on its way', () => {
  it('says so beside the button and to those who do not see it, and no longer than that', async () => {
    const stage = await mount('<uf-account sections="profile"></uf-account><uf-company></uf-company>', { ready: false, as: 'ada@example.com' });
    stage.backend.faults.hang('*');
    for (const name of ['Save details, Your details', 'Save details, Company Details']) {
      await press(await find('button', name));
      await eventually(() => { expect(said()).to.equal('Still loading. Try again in a moment.'); });
      await focusOn('button', name);
    }
    await until(() => shown(stage.root).match(/Still loading\. Try again in a moment\./g)?.length === 2, 'both answers');
    stage.backend.faults.clear();
    await findField('Your name');
    await findField('Organisation name');
    expect(shown(stage.root)).not.to.include('Still loading');
  });

  it('says so for a new password, which stays typed', async () => {
    const stage = await mount('<uf-account sections="password"></uf-account>', { ready: false, as: 'ada@example.com' });
    stage.backend.faults.hang('*');
    await type(await findField('Current password'), ADA_PASSWORD);
    await type(field('New password'), 'a new password of some length');
    await type(field('Confirm password'), 'a new password of some length');
    await keys('Enter');
    await reads('Still loading. Try again in a moment.', stage.root);
    stage.backend.faults.clear();
    await until(() => !shown(stage.root).includes('Still loading'), 'the data');
    expect(field('New password').value).to.equal('a new password of some length');
    await press(get('button', 'Update password'));
    await reads('Saved', stage.root);
  });

  it('says so before there is a backend at all', async () => {
    const root = place();
    root.append(document.createElement('uf-company'));
    await press(await find('button', 'Save details, Company Details'));
    await reads('Still loading. Try again in a moment.', root);
  });
});

describe('A button that cannot be used yet', () => {
  it('does not look like one that can, and looks it once it can', async () => {
    const stage = await mount('<uf-account></uf-account>', { ready: false, as: 'ada@example.com' });
    stage.backend.faults.hang('*');
    const fill = (name: string): string => getComputedStyle(get('button', name)).backgroundColor;
    const setUp = await find('button', 'Setup Multi-factor authentication');
    expect(setUp.ariaDisabled).to.equal('true');
    expect(fill('Setup Multi-factor authentication')).not.to.equal(fill('Update password'));
    stage.backend.faults.clear();
    await until(() => get('button', 'Setup Multi-factor authentication').ariaDisabled === null, 'the data');
    await until(() => fill('Setup Multi-factor authentication') === fill('Update password'), 'the look of a primary button');
  });
});

describe('A load that fails', () => {
  it('says so with Retry, and tells the page', async () => {
    const stage = await mount('<uf-account></uf-account>', { ready: false, as: 'ada@example.com' });
    const heard = listen(stage.root, 'uf-error');
    stage.backend.faults.fail('auth.context', 'unavailable');
    await reads('Could not load your account');
    expect(heard).to.deep.equal([{ type: 'uf-error', detail: { operation: 'auth.context', kind: 'unavailable' } }]);
    stage.backend.faults.clear();
    await press(get('button', 'Retry, your account'));
    await findField('Your name');
    expect(shown()).not.to.include('Could not load');
  });
});

describe('Offline', () => {
  it('is said within a second by every widget, and taken back', async () => {
    const stage = await mount('<uf-account sections="profile"></uf-account><uf-company></uf-company>');
    await findField('Organisation name');
    const start = performance.now();
    const back = goOffline();
    await until(() => shown(stage.root).match(/You’re offline You can keep editing/g)?.length === 2, 'both notices');
    expect(performance.now() - start).to.be.lessThan(1000);
    back();
    await until(() => !shown(stage.root).includes('You’re offline'), 'the notices to go');
  });
});

describe('A session that ends elsewhere', () => {
  it('is one state everywhere, told to the page', async () => {
    const stage = await mount('<uf-account></uf-account><uf-company></uf-company><uf-team></uf-team><uf-api-keys></uf-api-keys><uf-settings></uf-settings>');
    const heard = listen(stage.root, 'uf-error', 'uf-sign-out');
    stage.session.end();
    await until(() => shown(stage.root).match(/You’re signed out/g)?.length === 5, 'five times the same state');
    expect(all('textbox', undefined, stage.root).map(nameOf)).to.be.empty;
    expect(heard.length).to.be.greaterThan(0);
    for (const { type: name, detail } of heard) {
      expect(name).to.equal('uf-error');
      expect((detail as { kind: string }).kind).to.equal('unauthenticated');
    }
  });

  async function typedThenEnded(): Promise<Stage> {
    const stage = await mount('<uf-account></uf-account><uf-company></uf-company>');
    await type(await findField('Organisation name'), 'Typed before the end');
    await type(field('Your name'), 'Ada Typed');
    await type(field('New password'), 'typed-before-the-end');
    stage.session.end();
    await until(() => shown(stage.root).match(/You’re signed out/g)?.length === 2, 'the end');
    return stage;
  }

  it('keeps what was typed for the same person, but no password', async () => {
    const stage = await typedThenEnded();
    await stage.session.signIn({ email: 'ada@example.com', password: ADA_PASSWORD });
    await stage.provider.refresh();
    expect((await findField('Your name')).value).to.equal('Ada Typed');
    expect((await findField('Organisation name')).value).to.equal('Typed before the end');
    expect(field('New password').value).to.equal('');
    expect(shown(stage.root)).to.include('Unsaved changes');
  });

  it('drops it for another person', async () => {
    const stage = await typedThenEnded();
    await stage.session.signIn({ email: 'charles@example.com', password: 'difference-engine-1822' });
    await stage.provider.refresh();
    expect((await findField('Your name')).value).to.equal('Charles Babbage');
    expect((await findField('Organisation name')).value).to.equal('Analytical Engines Ltd');
    expect(field('New password').value).to.equal('');
    expect(asksBeforeLeaving()).to.be.false;
  });

  it('is found out by a save, whose input is kept', async () => {
    const stage = await mount('<uf-account sections="profile"></uf-account>');
    stage.backend.faults.fail('profile.update', 'unauthenticated', { times: 1 });
    await type(field('Your name'), 'Ada Typed');
    await keys('Enter');
    await reads('You’re signed out', stage.root);
    await stage.session.signIn({ email: 'ada@example.com', password: ADA_PASSWORD });
    await stage.provider.refresh();
    expect((await findField('Your name')).value).to.equal('Ada Typed');
  });

  it('takes its toasts away: they are not for whoever comes next', async () => {
    const stage = await mount('<uf-account sections="profile"></uf-account>');
    await type(field('Your name'), 'Ada King');
    await keys('Enter');
    await until(() => toasts().length === 1, 'the toast');
    stage.session.end();
    await reads('You’re signed out', stage.root);
    expect(toasts()).to.be.empty;
  });

  it('closes a dialog that stands open', async () => {
    const stage = await mount('<uf-api-keys></uf-api-keys>', { world: mfaOnWorld() });
    await reads(/key ending \w{4}, hidden/);
    await press(get('button', 'View API Keys'));
    await find('dialog', 'Complete MFA');
    stage.session.end();
    await gone('dialog');
    await reads('You’re signed out', stage.root);
  });
});

describe('A widget that is removed while a request is in flight', () => {
  it('draws nothing late, shows no toast, and leaves no rejection unhandled', async () => {
    const rejections: unknown[] = [];
    const hear = (event: PromiseRejectionEvent): void => { rejections.push(event.reason); };
    addEventListener('unhandledrejection', hear);
    afterThisTest(() => { removeEventListener('unhandledrejection', hear); });
    const stage = await mount('<uf-account></uf-account><uf-company></uf-company><uf-team></uf-team><uf-api-keys></uf-api-keys>', { world: mfaOnWorld() });
    await findField('Organisation name');
    const before = toasts().length;
    for (const operation of ['profile.update', 'company.update', 'team.list', 'mfa.begin', 'apiKeys.reveal'] as const) stage.backend.faults.hang(operation);
    await type(field('Your name'), 'Ada King');
    await keys('Enter');
    await type(field('Organisation name'), 'Analytical Engines & Co');
    await keys('Enter');
    await until(() => all('button', /^Save details/).every((button) => button.getAttribute('aria-disabled') === 'true'), 'both saves under way');
    const widgets = [stage.element('uf-account'), stage.element('uf-company'), stage.element('uf-team'), stage.element('uf-api-keys')];
    for (const widget of widgets) widget.remove();
    const drawnBefore = widgets.map((widget) => shown(widget));
    stage.backend.faults.clear();
    // Calls are answered in their order: these two after all that was sent before.
    const saved = await stage.backend.connect().adapter.call('company.get', undefined);
    await stage.session.adapter.call('auth.context', undefined);
    await frame();
    await frame();
    expect(saved.name).to.equal('Analytical Engines & Co');
    expect(toasts().length).to.equal(before);
    expect(widgets.map((widget) => shown(widget))).to.deep.equal(drawnBefore);
    expect(rejections).to.be.empty;
  });

  it('takes the question "Complete MFA" with it, without an error', async () => {
    const rejections: unknown[] = [];
    const hear = (event: PromiseRejectionEvent): void => { rejections.push(event.reason); };
    addEventListener('unhandledrejection', hear);
    afterThisTest(() => { removeEventListener('unhandledrejection', hear); });
    const stage = await mount('<uf-api-keys></uf-api-keys>', { world: mfaOnWorld() });
    await reads(/key ending \w{4}, hidden/);
    const heard = listen(stage.root, 'uf-error');
    await press(get('button', 'View API Keys'));
    await find('dialog', 'Complete MFA');
    const widget = stage.element('uf-api-keys');
    widget.remove();
    stage.provider.append(widget);
    await reads('Your keys are hidden');
    expect(all('dialog').map(nameOf)).to.be.empty;
    await eventually(() => { expect(get('button', 'View API Keys').hasAttribute('aria-disabled')).to.be.false; });
    expect(heard).to.be.empty;
    expect(rejections).to.be.empty;
    await press(get('button', 'View API Keys'));
    await find('dialog', 'Complete MFA');
  });
});

describe('An adapter that misbehaves', () => {
  const SAVE = 'Save details, Your details';
  const SORRY = 'Something went wrong on our side. Nothing you typed is lost: try again.';

  for (const [what, raise] of [
    ['throws an Error', () => { throw new Error('SECRET of the server at /var/lib'); }],
    ['throws a string', () => { throw 'SECRET string' as unknown as Error; }],
    ['throws nothing at all', () => { throw undefined as unknown as Error; }],
  ] as const) {
    it(`and ${what} gets one sentence, without what was thrown, and loses nothing`, async () => {
      const lines = hearConsole();
      const stage = await mount('<uf-account sections="profile"></uf-account>');
      stage.backend.faults.fail('profile.update', raise, { times: 1 });
      await type(field('Your name'), 'Ada King');
      await press(get('button', SAVE));
      await reads(SORRY, stage.root);
      expect(field('Your name').value).to.equal('Ada King');
      expect(shown()).not.to.include('SECRET');
      expect(lines.join()).not.to.include('Ada King');
      await press(get('button', SAVE));
      await reads('Saved', stage.root);
    });
  }

  for (const [operation, markup, what, values] of [
    ['auth.context', '<uf-account></uf-account>', 'your account', [null, 42, '<html>log in</html>', { user: { name: 'Mallory' } }]],
    ['company.get', '<uf-company></uf-company>', 'company details', [undefined, [], { id: 'c', name: '<img src=x onerror=alert(1)>' }]],
    ['team.list', '<uf-team></uf-team>', 'team members', ['[]', { items: [{ name: 'Mallory' }], nextCursor: null }, { items: {}, nextCursor: null }]],
    ['apiKeys.list', '<uf-api-keys></uf-api-keys>', 'API keys', [{}, { items: [{ secret: 'Mallory' }], nextCursor: null }]],
  ] as const) {
    it(`and answers ${operation} with nonsense gets "Could not load ${what}", never a drawing of it`, async () => {
      for (const value of values) {
        const stage = await mount(markup, { ready: false });
        stage.backend.faults.answer(operation, value);
        const failed = next(stage.root, 'uf-error');
        expect((await failed).detail).to.deep.equal({ operation, kind: 'unexpected' });
        await reads(`Could not load ${what}`, stage.root);
        expect(shown(stage.root)).not.to.match(/Mallory|<img|<html/);
        stage.root.remove();
      }
    });
  }

  it('and answers a save with nonsense gets the same sentence, and what was typed stays', async () => {
    const stage = await mount('<uf-company></uf-company>');
    stage.backend.faults.answer('company.update', { ok: true });
    await type(await findField('Organisation name'), 'Analytical Engines & Co');
    await keys('Enter');
    await reads(SORRY, stage.root);
    expect(field('Organisation name').value).to.equal('Analytical Engines & Co');
  });

  it('and answers MFA set-up with nonsense gets the same sentence at its card', async () => {
    const stage = await mount('<uf-account sections="mfa"></uf-account>');
    stage.backend.faults.answer('mfa.begin', { enrolmentId: 'x', secret: 'short', uri: 'javascript:alert(1)' });
    await press(get('button', 'Setup Multi-factor authentication'));
    await reads('Something went wrong on our side.', stage.root);
    expect(all('link').map(nameOf)).to.be.empty;
  });

  /** The demo's backend without some of its operations. */
  async function lacking(...missing: readonly OperationName[]): Promise<void> {
    const { createMemoryBackend } = await import('../../../src/adapters/memory/index.js');
    const { adapter } = createMemoryBackend().connect();
    const operations = Object.fromEntries(
      adapter.operations.filter((name) => !missing.includes(name)).map((name) => [
        name,
        async (input: never) => {
          const answer: unknown = await adapter.call(name, input);
          if (name !== 'auth.context') return answer;
          const context = answer as { operations: string[] };
          return { ...context, operations: context.operations.filter((one) => !(missing as readonly string[]).includes(one)) };
        },
      ]),
    );
    const provider = document.createElement('uf-provider');
    provider.innerHTML = '<uf-settings></uf-settings>';
    provider.adapter = { name: 'less', operations };
    place().append(provider);
    await findField('Your name');
  }

  it('and lacks operations is shown without what it cannot do', async () => {
    await lacking('apiKeys.list', 'company.get', 'password.change', 'mfa.begin', 'passkeys.list', 'sessions.list', 'activity.list', 'account.delete', 'auth.signOut');
    await until(() => all('tab').length === 2, 'two tabs');
    expect(all('tab').map(nameOf)).to.deep.equal(['Your Account', 'Team Members']);
    await find('heading', 'Time zone and language');
    expect(all('heading').map((one) => shown(one))).to.deep.equal(['Your details', 'Time zone and language']);
  });

  it('and can only read is shown read-only', async () => {
    await lacking('profile.update', 'email.change', 'team.invite', 'company.update');
    expect(field('Your name').readOnly).to.be.true;
    expect(field('Email address').readOnly).to.be.true;
    expect(all('button', SAVE).map(nameOf)).to.be.empty;
    await press(get('tab', 'Team Members'));
    await reads('Charles Babbage');
    expect(all('button', 'New Invitation').map(nameOf)).to.be.empty;
    await press(get('tab', 'Company Details'));
    await reads('Only an owner or an admin can change these details.');
  });

  it('and has nothing but the context still shows who is signed in', async () => {
    const stage = await mount('<p></p>');
    const context = await stage.session.adapter.call('auth.context', undefined);
    const widget = document.createElement('uf-account');
    widget.adapter = { name: 'bare', operations: { 'auth.context': () => Promise.resolve({ ...context, operations: ['auth.context'] }) } };
    stage.root.append(widget);
    await findField('Your name');
    expect(all('heading').map((one) => shown(one))).to.deep.equal(['Your details']);
  });

  it('and offers what it then refuses as unsupported gets a sentence', async () => {
    const stage = await mount('<uf-account sections="profile"></uf-account>');
    stage.backend.faults.fail('profile.update', () => { throw new SettingsError('unsupported'); });
    await type(field('Your name'), 'Ada King');
    await keys('Enter');
    await reads('This is not available here.', stage.root);
  });
});

describe('Data that would deceive', () => {
  it('is text: markup in names is shown as it is written', async () => {
    const stage = await mount('<uf-account sections="profile"></uf-account><uf-team></uf-team>');
    const ada = stage.backend.connect().adapter;
    await ada.call('profile.update', { name: '<img src=x onerror=alert(1)>' });
    await until(() => shown(stage.element('uf-team')).includes('<img src=x onerror=alert(1)>'), 'the name as text');
    expect([...everything(stage.root)].some((element) => element.tagName === 'IMG')).to.be.false;
  });

  it('cannot turn the line round or hide a part of itself', async () => {
    const stage = await mount('<uf-team></uf-team>');
    const context = await stage.session.adapter.call('team.list', {});
    const [first] = context.items;
    stage.backend.faults.answer('team.list', { ...context, items: [{ ...first, id: 'm', self: false, name: 'Mallory \u202egro.live@nimda\u202c', email: 'mal\u200blory@example.com' }] });
    await stage.backend.connect('ada@example.com').adapter.call('profile.update', { name: 'Ada K' });
    await until(() => shown(stage.root).includes('Mallory'), 'the row');
    expect(shown(stage.root)).not.to.match(/[\u202a-\u202e\u200b]/);
    expect(shown(stage.root)).to.include('mallory@example.com');
  });
});

describe('Toasts', () => {
  it('stand in one stack and speak through one live region, whoever speaks', async () => {
    const one = await mount('<uf-account sections="profile"></uf-account>');
    const two = await mount('<uf-company></uf-company>');
    await type(field('Your name', one.root), 'Ada King');
    await keys('Enter');
    await reads('Saved', one.root);
    await type(await findField('Organisation name', two.root), 'Analytical Engines & Co');
    await keys('Enter');
    await reads('Saved', two.root);
    await eventually(() => { expect(toasts()).to.deep.equal(['Your details are saved.', 'The company details are saved.']); });
    expect([...everything()].filter((element) => element.getAttribute('part') === 'toasts')).to.have.length(1);
    expect([...everything()].filter((element) => element.getAttribute('role') === 'status')).to.have.length(1);
    await eventually(() => { expect(said()).to.equal('The company details are saved.'); });
  });

  it('are three at most, and close by their button', async () => {
    const stage = await mount('<uf-account sections="profile"></uf-account>');
    const change = async (name: string): Promise<void> => {
      await type(field('Email address'), `${name}@example.net`);
      await keys('Enter');
      await until(() => toasts().includes(`We sent a link to ${name}@example.net.`), 'the toast');
    };
    for (const name of ['a', 'b', 'c']) await change(name);
    expect(toasts()).to.have.length(3);
    await change('d');
    expect(toasts()).to.have.length(3);
    expect(toasts()[0]).to.equal('We sent a link to b@example.net.');
    expect(doubledNames()).to.be.empty;
    await press(get('button', 'Close, We sent a link to b@example.net.'));
    await until(() => toasts().length === 2, () => `one less, not: ${toasts().join(' | ')}`);
    expect(toasts()[0]).to.equal('We sent a link to c@example.net.');
    expect(stage.mails()).to.have.length.greaterThan(3);
  });

  it('do not say the same sentence twice', async () => {
    const stage = await mount('<uf-account sections="profile"></uf-account>');
    const heard = listen(stage.root, 'uf-change');
    for (const name of ['A', 'B']) {
      await type(field('Your name'), name);
      await keys('Enter');
      await until(() => heard.length === (name === 'A' ? 1 : 2), 'the save');
      await until(() => toasts().length > 0, 'the toast');
    }
    await frame();
    expect(toasts()).to.deep.equal(['Your details are saved.']);
  });

  it('are a landmark while they show something, and nothing when they do not', async () => {
    const stage = await mount('<uf-account sections="profile"></uf-account>');
    expect(all('region', 'Notifications').map(nameOf)).to.be.empty;
    await type(field('Your name'), 'Ada King');
    await keys('Enter');
    await reads('Saved', stage.root);
    const region = await find('region', 'Notifications');
    expect(shown(region)).to.equal('Your details are saved.');
    await press(get('button', 'Close, Your details are saved.'));
    await gone('region', 'Notifications');
  });

  it('show, speak and close inside a modal dialog that opened meanwhile, and outlive it', async () => {
    const stage = await mount('<uf-company></uf-company><uf-api-keys></uf-api-keys>', { world: mfaOnWorld() });
    stage.backend.faults.hang('company.update');
    await type(await findField('Organisation name'), 'Analytical Engines & Co');
    await keys('Enter');
    await press(await find('button', 'View API Keys'));
    const dialog = await find('dialog', 'Complete MFA');
    stage.backend.faults.clear();
    await find('region', 'Notifications', dialog);
    const spoken = (): string[] => [...everything(dialog)].filter((element) => element.getAttribute('role') === 'status').map(({ textContent }) => textContent);
    await eventually(() => { expect(spoken()).to.deep.equal(['The company details are saved.']); });
    await keys('Escape');
    await gone('dialog');
    await until(() => get('region', 'Notifications').checkVisibility(), 'the toast, on the page again');
    expect(toasts()).to.deep.equal(['The company details are saved.']);
    expect([...everything()].filter((element) => element.getAttribute('role') === 'status')).to.have.length(1);
    await press(await find('button', 'View API Keys'));
    const again = await find('dialog', 'Complete MFA');
    await press(await find('button', 'Close, The company details are saved.', again));
    await gone('region', 'Notifications');
    await focusOn('textbox', 'One-time code');
  });

  it('go by themselves', async () => {
    const stage = await mount('<uf-account sections="profile"></uf-account>');
    await type(field('Your name'), 'Ada King');
    await keys('Enter');
    await reads('Saved', stage.root);
    await eventually(() => { expect(toasts()).to.have.length(1); });
    await until(() => toasts().length === 0, 'the toast to go after its six seconds');
  });

  it('cover nothing that has the focus, and take none', async () => {
    const stage = await mount('<uf-account sections="profile"></uf-account>');
    await type(field('Your name'), 'Ada King');
    await keys('Enter');
    await reads('Saved', stage.root);
    await focusOn('textbox', 'Your name');
  });
});
