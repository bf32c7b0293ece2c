import { expect } from 'chai';
import { ADA_TOTP_SECRET, mfaOnWorld } from '../../../src/adapters/memory/index.js';
import type { ApiKey } from '../../../src/contract/index.js';
import { Authenticator } from '../../support/authenticator.js';
import { keys, press, type } from '../../support/keys.js';
import { completeMfa, listen, mount, type Stage } from '../../support/mount.js';
import { all, field, find, findField, focusOn, get, gone, nameOf, reads, shown, toasts } from '../../support/query.js';
import { eventually, until } from '../../support/wait.js';

const SAVE = 'Save addresses';

interface Opened extends Stage {
  phone: Authenticator;
  dialog: HTMLElement;
  opener: string;
}

/** Opens the dialog of the one key that is limited already, or of the first that is not. */
async function open(which: 'limited' | 'anywhere'): Promise<Opened> {
  const stage = await mount('<uf-api-keys></uf-api-keys>', { world: mfaOnWorld() });
  await reads(/key ending \w{4}, hidden/);
  const button = all('button', which === 'limited' ? /^2 addresses, Source addresses/ : /^Anywhere, Source addresses/)[0];
  if (!button) throw new Error(`no key that is ${which}`);
  const opener = nameOf(button);
  await press(button);
  return { ...stage, phone: new Authenticator(ADA_TOTP_SECRET, stage.clock), dialog: await find('dialog', 'Source addresses'), opener };
}

async function keyOf(stage: Opened): Promise<ApiKey | undefined> {
  const last4 = /key ending (\w{4})$/.exec(stage.opener)?.[1];
  const { items } = await stage.backend.connect().adapter.call('apiKeys.list', { limit: 100 });
  return items.find((key) => key.last4 === last4);
}

const addressesOf = async (stage: Opened): Promise<[string, string][]> => ((await keyOf(stage))?.addresses ?? []).map(({ address, description }) => [address, description]);

async function save(stage: Opened): Promise<void> {
  await press(get('button', SAVE, stage.dialog));
}

describe('Source addresses of a key', () => {
  it('are opened by a button that says where the key may be used, and which key it is', async () => {
    const stage = await open('anywhere');
    expect(stage.opener).to.match(/^Anywhere, Source addresses, (Integration|Data|Product) API Keys, (Test|Production) [\w -]+ key ending \w{4}$/);
    expect((get('radio', 'Anywhere') as HTMLInputElement).checked).to.be.true;
    await focusOn('radio', 'Anywhere');
    expect(all('textbox', undefined, stage.dialog).map(nameOf)).to.be.empty;
    expect(shown(stage.dialog)).to.include(stage.opener.slice(-4));
  });

  it('show what stands: addresses with their descriptions', async () => {
    const stage = await open('limited');
    expect((get('radio', 'Specific locations') as HTMLInputElement).checked).to.be.true;
    expect(all('textbox', undefined, stage.dialog).map((input) => [nameOf(input), (input as HTMLInputElement).value])).to.deep.equal([
      ['IP address or network 1', '203.0.113.0/24'], ['Description 1', 'London office'],
      ['IP address or network 2', '2001:db8:1843::/48'], ['Description 2', 'Data centre'],
    ]);
  });

  it('give the focus back to their button after Esc and after Cancel', async () => {
    const stage = await open('anywhere');
    await keys('Escape');
    await gone('dialog');
    await focusOn('button', stage.opener);
    await keys('Enter');
    const dialog = await find('dialog', 'Source addresses');
    await press(get('button', 'Cancel', dialog));
    await gone('dialog');
    await focusOn('button', stage.opener);
  });

  it('are saved as IPv4, IPv6 and networks after Complete MFA, with a toast, the list and the focus following', async () => {
    const stage = await open('anywhere');
    const heard = listen(stage.root, 'uf-change');
    await press(get('radio', 'Specific locations'));
    await focusOn('textbox', 'IP address or network 1');
    await type(field('IP address or network 1'), ' 198.51.100.7 ');
    await type(field('Description 1'), 'Build machine');
    for (const [row, address] of [[2, '2001:db8::1'], [3, '192.0.2.0/24'], [4, '2001:db8:4::/48']] as const) {
      await press(get('button', 'Add address'));
      await focusOn('textbox', `IP address or network ${row}`);
      await type(field(`IP address or network ${row}`), address);
    }
    await save(stage);
    await completeMfa(stage.phone.code());
    await until(() => all('dialog').length === 0, 'both dialogs to close');
    await eventually(() => { expect(toasts()).to.deep.equal(['The source addresses are saved.']); });
    expect(await addressesOf(stage)).to.deep.equal([['198.51.100.7', 'Build machine'], ['2001:db8::1', ''], ['192.0.2.0/24', ''], ['2001:db8:4::/48', '']]);
    const renamed = stage.opener.replace('Anywhere', '4 addresses');
    await find('button', renamed);
    await focusOn('button', renamed);
    expect(heard.filter(({ detail }) => JSON.stringify(detail).includes('apiKeys.update'))).to.have.length(1);
  });

  for (const [what, address] of [
    ['no address at all', 'office'], ['an IPv4 number over 255', '203.0.113.256'], ['three numbers', '203.0.113'], ['leading zeros', '203.0.113.010'], ['a prefix over 32', '203.0.113.0/33'],
    ['bits behind the slash', '203.0.113.7/24'], ['two slashes', '203.0.113.0/24/8'], ['a bad IPv6', '2001:db8::g'], ['two double colons', '2001::db8::1'], ['a range', '203.0.113.1-203.0.113.9'], ['an empty prefix', '203.0.113.0/'],
  ] as const) {
    it(`refuse ${what} (${address}), keep it, and take the focus there`, async () => {
      const stage = await open('anywhere');
      await press(get('radio', 'Specific locations'));
      await type(field('IP address or network 1'), address);
      await save(stage);
      await reads('This is no IPv4 or IPv6 address or network.', stage.dialog);
      await focusOn('textbox', 'IP address or network 1');
      expect(field('IP address or network 1').value).to.equal(address);
      expect(field('IP address or network 1').getAttribute('aria-invalid')).to.equal('true');
      expect(await addressesOf(stage)).to.be.empty;
    });
  }

  it('say so as soon as a malformed one is left, and take it back as it is mended', async () => {
    await open('anywhere');
    await press(get('radio', 'Specific locations'));
    await type(field('IP address or network 1'), '203.0.113.7/24');
    expect(shown(), 'not while it is being typed').not.to.include('This is no IPv4');
    await keys('Tab');
    await reads('This is no IPv4 or IPv6 address or network.');
    await type(field('IP address or network 1'), '203.0.113.0/24');
    await until(() => !shown().includes('This is no IPv4'), 'the message to go');
  });

  it('name a duplicate, in whatever notation it is written', async () => {
    const stage = await open('limited');
    await press(get('button', 'Add address'));
    await type(await findField('IP address or network 3'), '2001:DB8:1843:0::/48');
    await save(stage);
    await reads('This address is in the list already.', stage.dialog);
    await focusOn('textbox', 'IP address or network 3');
  });

  it('show the duplicate that only the backend recognises (an IPv4 written as IPv6) at its row', async () => {
    const stage = await open('anywhere');
    await press(get('radio', 'Specific locations'));
    await type(field('IP address or network 1'), '192.0.2.1');
    await press(get('button', 'Add address'));
    await type(await findField('IP address or network 2'), '::ffff:192.0.2.1');
    await save(stage);
    await until(() => shown().includes('already') || all('dialog', 'Complete MFA').length > 0, 'an answer');
    if (all('dialog', 'Complete MFA').length > 0) await completeMfa(stage.phone.code());
    await reads('This address is in the list already.');
    await focusOn('textbox', 'IP address or network 2');
    expect(await addressesOf(stage)).to.be.empty;
  });

  it('ask for at least one address, or for Anywhere', async () => {
    const stage = await open('limited');
    await press(get('button', 'Remove 203.0.113.0/24'));
    await focusOn('textbox', 'IP address or network 1');
    expect(field('IP address or network 1').value).to.equal('2001:db8:1843::/48');
    await press(get('button', 'Remove 2001:db8:1843::/48'));
    await focusOn('button', 'Add address');
    await save(stage);
    await reads('Add at least one address, or choose Anywhere.', stage.dialog);
    await focusOn('button', 'Add address');
  });

  it('ask for what is missing in an empty row', async () => {
    const stage = await open('anywhere');
    await press(get('radio', 'Specific locations'));
    await save(stage);
    await reads('Enter an address, or remove this row.', stage.dialog);
    await focusOn('textbox', 'IP address or network 1');
  });

  it('are lifted by Anywhere', async () => {
    const stage = await open('limited');
    await press(get('radio', 'Anywhere'));
    await save(stage);
    await completeMfa(stage.phone.code());
    await until(() => all('dialog').length === 0, 'the dialogs to close');
    expect(await addressesOf(stage)).to.be.empty;
    await find('button', stage.opener.replace('2 addresses', 'Anywhere'));
  });

  it('keep what was typed when the choice goes to and fro', async () => {
    await open('limited');
    await type(field('Description 1'), 'Head office');
    await press(get('radio', 'Anywhere'));
    await gone('textbox', 'Description 1');
    await press(get('radio', 'Specific locations'));
    expect((await findField('Description 1')).value).to.equal('Head office');
  });

  it('keep the dialog and what was typed when Complete MFA is closed', async () => {
    const stage = await open('anywhere');
    await press(get('radio', 'Specific locations'));
    await type(field('IP address or network 1'), '198.51.100.7');
    await save(stage);
    await find('dialog', 'Complete MFA');
    await keys('Escape');
    await gone('dialog', 'Complete MFA');
    await focusOn('button', SAVE);
    expect(field('IP address or network 1').value).to.equal('198.51.100.7');
    expect(await addressesOf(stage)).to.be.empty;
  });

  it('say that somebody else changed the key, and save over it only when asked again', async () => {
    const stage = await open('anywhere');
    const other = stage.backend.connect();
    await other.adapter.call('auth.stepUp', { method: 'totp', code: stage.phone.code() });
    const key = await keyOf(stage);
    await other.adapter.call('apiKeys.update', { id: key?.id ?? '', addresses: [{ address: '203.0.113.9', description: 'Theirs' }] });
    await press(get('radio', 'Specific locations'));
    await type(await findField('IP address or network 1'), '198.51.100.7');
    await save(stage);
    await completeMfa(stage.phone.code());
    await reads('Somebody changed this key meanwhile.', stage.dialog);
    expect(await addressesOf(stage)).to.deep.equal([['203.0.113.9', 'Theirs']]);
    await save(stage);
    await until(() => all('dialog').length === 0, 'the dialog to close');
    expect(await addressesOf(stage)).to.deep.equal([['198.51.100.7', '']]);
  });

  it('have one effect when the answer is lost and the person saves again', async () => {
    const stage = await open('limited');
    await type(field('Description 1'), 'Head office');
    await save(stage);
    const dialog = await find('dialog', 'Complete MFA');
    stage.backend.faults.fail('apiKeys.update', 'unavailable', { times: 1, committed: true });
    await type(get('textbox', 'One-time code', dialog), stage.phone.code());
    await keys('Enter');
    await reads('The server did not answer.', stage.dialog);
    await save(stage);
    await until(() => all('dialog').length === 0, 'the dialog to close');
    expect(stage.mails().filter(({ text }) => text.includes('was changed'))).to.have.length(1);
  });

  it('show their message inside the dialog while it is open', async () => {
    const stage = await open('limited');
    stage.backend.faults.fail('apiKeys.update', 'forbidden');
    await type(field('Description 1'), 'Head office');
    await save(stage);
    await reads('You may not do this any more.', stage.dialog);
    await eventually(() => { expect(get('button', SAVE).hasAttribute('aria-disabled')).to.be.false; });
  });

  it('refuse a description that is too long, in words', async () => {
    const stage = await open('limited');
    await type(field('Description 1'), 'x'.repeat(201));
    await save(stage);
    await reads('This is too long. Use at most 200 characters.', stage.dialog);
    await focusOn('textbox', 'Description 1');
  });
});
