import { expect } from 'chai';
import { demoWorld, mfaOnWorld, passkeysWorld, ADA_TOTP_SECRET } from '../../../src/adapters/memory/index.js';
import type { Passkey } from '../../../src/contract/index.js';
import { Authenticator } from '../../support/authenticator.js';
import { able, itWith } from '../../support/engines.js';
import { keys, press, type } from '../../support/keys.js';
import { completeMfa, mount, type Stage } from '../../support/mount.js';
import { all, field, find, findField, focusOn, get, gone, nameOf, reads, shown, toasts } from '../../support/query.js';
import { plugIn } from '../../support/virtual-authenticator.js';
import { eventually } from '../../support/wait.js';

const card = '<uf-account sections="passkeys"></uf-account>';

async function listed(stage: Stage): Promise<Passkey[]> {
  return (await stage.backend.connect().adapter.call('passkeys.list', undefined)).passkeys;
}

/** Adds one, as a person does whose sign-in is of this moment. */
async function add(name?: string): Promise<void> {
  await press(await find('button', 'Add a passkey'));
  const input = await findField('Name');
  if (name !== undefined) await type(input, name);
  await press(get('button', 'Continue'));
}

describe('Passkeys', () => {
  itWith('virtual-authenticator')('are added with a name that the browser suggests, and listed with what is known of them', async () => {
    const device = await plugIn({ synced: true });
    const stage = await mount(card, { world: demoWorld() });
    await reads('No passkeys yet', stage.root);
    await press(await find('button', 'Add a passkey'));
    const name = await findField('Name');
    expect(name.value).to.match(/^Chrome on /);
    await focusOn('textbox', 'Name');
    await press(get('button', 'Continue'));
    await eventually(() => { expect(toasts()).to.deep.equal(['Passkey added.']); });
    await gone('dialog');
    await reads('Synced between your devices', stage.root);
    expect(shown(stage.root)).to.include('Not used yet');
    expect(await device.credentials()).to.equal(1);
    expect((await listed(stage)).map((one) => one.name)).to.deep.equal([name.value]);
    expect(stage.mails('ada@example.com').map(({ text }) => text).join()).to.include('was added to your account');
    await focusOn('heading', 'Passkeys');
  });

  itWith('virtual-authenticator')('of a device that has one already are refused with the reason, and what was typed stays', async () => {
    await plugIn();
    const stage = await mount(card, { world: demoWorld() });
    await add('First');
    await gone('dialog');
    await add('Second');
    await reads('has a passkey for your account already', stage.root);
    expect(field('Name').value).to.equal('Second');
    expect((await listed(stage)).length).to.equal(1);
  });

  itWith('virtual-authenticator')('that were cancelled are calmly said to be so, and the button does it again', async () => {
    const device = await plugIn();
    await device.recognises(false);
    const stage = await mount(card, { world: demoWorld() });
    await add('Mine');
    await reads('No passkey was added.', stage.root);
    expect(all('alert').length).to.equal(0);
    expect(await listed(stage)).to.deep.equal([]);
    await device.recognises(true);
    await press(get('button', 'Continue'));
    await gone('dialog');
    expect((await listed(stage)).map(({ name }) => name)).to.deep.equal(['Mine']);
  });

  itWith('virtual-authenticator')('are given up when the dialog closes while the browser asks', async () => {
    const device = await plugIn();
    await device.touched(false);
    const stage = await mount(card, { world: demoWorld() });
    await add('Mine');
    await keys('Escape');
    await gone('dialog');
    await device.touched(true);
    await add('Later');
    await gone('dialog');
    expect((await listed(stage)).map(({ name }) => name)).to.deep.equal(['Later']);
  });

  itWith('virtual-authenticator')('prove presence instead of a code, which stays one press away', async () => {
    const device = await plugIn();
    const stage = await mount('<uf-account sections="passkeys mfa"></uf-account>', { world: mfaOnWorld() });
    const phone = new Authenticator(ADA_TOTP_SECRET, stage.clock);
    await add('Mine');
    await completeMfa(phone.code());
    await gone('dialog');
    await stage.session.adapter.call('auth.endStepUp', undefined, { idempotencyKey: 'lock' });
    await device.recognises(false);
    await press(get('button', 'Turn off, Multi-factor authentication'));
    await press(await find('button', 'Turn off'));
    await press(await find('button', 'Use a passkey'));
    await reads('Your passkey was not used.', stage.root);
    get('button', 'Use a one-time code');
    await device.recognises(true);
    await press(get('button', 'Use a passkey'));
    await gone('dialog');
    await reads('Last used', stage.root);
    expect((await stage.backend.connect().adapter.call('auth.context', undefined)).user.mfa.enabled).to.be.false;
  });

  it('are renamed in a dialog, each button with a name of its own', async () => {
    const stage = await mount(card, { world: passkeysWorld() });
    await press(await find('button', 'Rename, iPhone'));
    await type(await findField('Name'), '');
    await press(get('button', 'Rename passkey'));
    await reads('Enter a name.', stage.root);
    await type(field('Name'), 'Chrome on Windows');
    await press(get('button', 'Rename passkey'));
    await gone('dialog');
    await find('button', 'Rename, Chrome on Windows (2)');
    const names = all('button', undefined, stage.root).map(nameOf);
    expect(new Set(names).size).to.equal(names.length);
  });

  it('are removed after a question and a proof; the focus stays', async () => {
    const stage = await mount(card, { world: passkeysWorld() });
    const phone = new Authenticator(ADA_TOTP_SECRET, stage.clock);
    await press(await find('button', 'Remove, iPhone'));
    await find('alertdialog', 'Remove the passkey iPhone?');
    await focusOn('button', 'Keep passkey');
    await press(get('button', 'Remove'));
    // Where there are no passkeys the code is what is asked for.
    if (able('passkeys')) await press(await find('button', 'Use a one-time code'));
    await completeMfa(phone.code());
    await eventually(() => { expect(toasts()).to.deep.equal(['Passkey removed.']); });
    await focusOn('heading', 'Passkeys');
    expect((await listed(stage)).map(({ name }) => name)).to.deep.equal(['Security key on my ring', 'Chrome on Windows']);
  });

  it('that are the only proof are not removed, and the person reads why', async () => {
    const world = passkeysWorld();
    for (const person of world.people) {
      if (person.email !== 'ada@example.com') continue;
      delete person.totpSecret;
      person.password = null;
      person.passkeys = person.passkeys?.slice(0, 1) ?? [];
    }
    const stage = await mount(card, { world });
    await press(await find('button', 'Remove, iPhone'));
    await reads('your only way to confirm that it is you', stage.root);
    expect((await listed(stage)).length).to.equal(1);
  });
});
