import { expect } from 'chai';
import { ADA_PASSWORD, ADA_RECOVERY_CODES, ADA_TOTP_SECRET, demoWorld, mfaOnWorld } from '../../../src/adapters/memory/index.js';
import { Authenticator } from '../../support/authenticator.js';
import { keys, press, type } from '../../support/keys.js';
import { completeMfa, mount, type Stage } from '../../support/mount.js';
import { all, field, find, findField, focused, focusOn, get, gone, nameOf, reads, said, shown } from '../../support/query.js';
import { eventually, until } from '../../support/wait.js';

const phoneOf = (stage: Stage): Authenticator => new Authenticator(ADA_TOTP_SECRET, stage.clock);


async function viewKeys(stage: Stage): Promise<void> {
  await reads(/key ending \w{4}, hidden/);
  await press(await find('button', 'View API Keys'));
  await completeMfa(phoneOf(stage).code());
  await reads('Your keys are visible', stage.root);
}

describe('A fresh proof of presence', () => {
  it('says in each widget with protected actions how long it goes on, quietly, and nothing before', async () => {
    const stage = await mount('<uf-api-keys></uf-api-keys><uf-account sections="mfa"></uf-account><uf-company></uf-company><uf-audit-log></uf-audit-log>', { world: mfaOnWorld() });
    expect(all('button', 'Lock now').map(nameOf)).to.be.empty;
    await viewKeys(stage);
    for (const tag of ['uf-api-keys', 'uf-account', 'uf-company'] as const) await reads(/Protected actions are open for \d+ more minutes\./, stage.element(tag));
    expect(shown(stage.element('uf-audit-log'))).not.to.include('Protected actions');
    expect(said()).not.to.include('Protected actions');
  });

  it('is ended by "Lock now": the keys leave the screen in the same moment, and viewing them asks again', async () => {
    const stage = await mount('<uf-api-keys></uf-api-keys>', { world: mfaOnWorld() });
    await viewKeys(stage);
    const [secret = ''] = mfaOnWorld().organisations.flatMap((organisation) => organisation.keys.map((key) => key.secret));
    expect(shown(stage.root)).to.include(secret);
    await press(await find('button', 'Lock now'));
    expect(shown(stage.root)).not.to.include(secret);
    await gone('button', 'Lock now');
    await eventually(() => { expect(said()).to.include('Locked.'); });
    await until(() => focused() !== null && focused() !== document.body, 'the focus somewhere in the page');
    await reads('Viewing them takes a code', stage.root);
    await press(get('button', 'View API Keys'));
    await find('dialog', 'Complete MFA');
  });

  for (const width of [1000, 360]) it(`has its place from the question on at ${width} px, and gives it back where the question is closed`, async () => {
    const stage = await mount('<uf-api-keys></uf-api-keys>', { world: mfaOnWorld(), width });
    await reads(/key ending \w{4}, hidden/);
    const top = (): number => get('heading', 'API Keys').getBoundingClientRect().top;
    const before = top();
    await press(get('button', 'View API Keys'));
    await find('dialog', 'Complete MFA');
    await until(() => top() > before, 'the place of the line');
    await keys('Escape');
    await eventually(() => { expect(top()).to.equal(before); });
    await press(get('button', 'View API Keys'));
    await find('dialog', 'Complete MFA');
    await until(() => top() > before, 'the place of the line');
    const kept = top();
    await completeMfa(phoneOf(stage).code());
    await find('button', 'Lock now');
    expect(top()).to.be.closeTo(kept, 1);
  });

  it('that is locked in another widget takes the keys off this one, too', async () => {
    const stage = await mount('<uf-api-keys></uf-api-keys><uf-account sections="mfa"></uf-account>', { world: mfaOnWorld() });
    await viewKeys(stage);
    await press(await find('button', 'Lock now', stage.element('uf-account')));
    await reads('Your keys are hidden', stage.element('uf-api-keys'));
    await gone('button', 'Lock now');
  });

  it('opens the keys again without a question while it lasts, and their bar says so', async () => {
    const stage = await mount('<uf-api-keys></uf-api-keys>', { world: mfaOnWorld() });
    await viewKeys(stage);
    await press(get('button', 'Hide now'));
    await reads('they can be viewed now', stage.root);
    await press(get('button', 'View API Keys'));
    await reads('Your keys are visible', stage.root);
  });

  it('stands under the tabs of uf-settings, whichever is open', async () => {
    const stage = await mount('<uf-settings tab="api-keys"></uf-settings>', { world: mfaOnWorld() });
    await viewKeys(stage);
    await reads(/Protected actions are open for/, stage.root);
    await press(get('tab', 'Your Account'));
    await find('heading', 'Your details');
    expect(all('button', 'Lock now')).to.have.length(1);
  });

  it('goes from the screen at its end, when the backend says so', async () => {
    const stage = await mount('<uf-account sections="mfa"></uf-account>', { world: mfaOnWorld(), ready: true });
    const { adapter } = stage.backend.connect();
    const context = await adapter.call('auth.context', undefined);
    stage.backend.faults.answer('auth.context', { ...context, stepUp: { ...context.stepUp, maxAge: 600, freshUntil: new Date(Date.now() + 1500).toISOString() }, version: 'fresh' });
    stage.element('uf-account').auth.reload();
    await reads('Protected actions are open for 1 more minute.', stage.root);
    stage.backend.faults.answer('auth.context', context);
    await gone('button', 'Lock now');
    await until(() => stage.element('uf-account').auth.data?.stepUp.freshUntil === null, 'the context read anew');
  });
});

describe('What was interrupted for a proof goes on by itself', () => {
  for (const [how, prove] of [
    ['a one-time code', async (stage: Stage, dialog: HTMLElement) => { await type(get('textbox', 'One-time code', dialog), phoneOf(stage).code()); }],
    ['a recovery code', async (_stage: Stage, dialog: HTMLElement) => {
      await press(get('button', 'Use a recovery code', dialog));
      await findField('Recovery code');
      await type(field('Recovery code'), ADA_RECOVERY_CODES[3] ?? '');
    }],
  ] as const) {
    it(`a new email address, after ${how}`, async () => {
      const stage = await mount('<uf-account sections="profile"></uf-account>', { world: mfaOnWorld() });
      await stage.session.adapter.call('auth.endStepUp', undefined, { idempotencyKey: 'lock-first' });
      await type(field('Email address'), 'countess@example.com');
      await press(get('button', /^Save details/));
      await prove(stage, await find('dialog', 'Complete MFA'));
      await keys('Enter');
      await gone('dialog');
      await eventually(() => { expect(stage.mails('countess@example.com')).to.have.length(1); });
      await reads('countess@example.com', stage.root);
    });
  }

  it('the set-up of MFA, after the password, where there is no MFA yet', async () => {
    const stage = await mount('<uf-account sections="mfa"></uf-account>', { world: demoWorld() });
    await stage.session.adapter.call('auth.endStepUp', undefined, { idempotencyKey: 'lock-first' });
    await press(get('button', 'Setup Multi-factor authentication'));
    const dialog = await find('dialog', 'Confirm that it is you');
    expect(all('button', /^Use /, dialog).map(nameOf), 'no other way').to.be.empty;
    await focusOn('textbox', 'Password');
    await type(field('Password'), ADA_PASSWORD);
    await keys('Enter');
    await findField('Enter your one-time code here');
    await reads('Protected actions are open for', stage.root);
  });

  it('never by a password where MFA is on', async () => {
    await mount('<uf-account sections="mfa"></uf-account>', { world: mfaOnWorld() });
    await press(get('button', /^Turn off/));
    await press(get('button', 'Turn off', await find('alertdialog')));
    const dialog = await find('dialog', 'Complete MFA');
    expect(all('button', 'Use your password', dialog).map(nameOf)).to.be.empty;
    expect(all('textbox', 'Password', dialog).map(nameOf)).to.be.empty;
  });
});
