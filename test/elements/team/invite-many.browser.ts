import { expect } from 'chai';
import { demoWorld } from '../../../src/adapters/memory/index.js';
import { SettingsError } from '../../../src/contract/index.js';
import { chooseFile } from '../../support/files.js';
import { fill, keys, press, type, typeHere } from '../../support/keys.js';
import { afterThisTest, asksBeforeLeaving, doubledNames, listen, mount, type Stage } from '../../support/mount.js';
import { all, descriptionOf, everything, field, find, focused, focusOn, get, gone, nameOf, reads, said, shown } from '../../support/query.js';
import { eventually, frame, until } from '../../support/wait.js';

const WIDGET = '<uf-team></uf-team>';
const FIELD = 'Email addresses';

async function openMany(): Promise<HTMLElement> {
  await until(() => all('row').some((row) => shown(row).includes('Accepted')), 'the rows');
  await press(get('button', 'New Invitation'));
  await press(get('button', 'Invite many', await find('dialog', 'New Invitation')));
  const dialog = await find('dialog', 'Invite many');
  await focusOn('textbox', FIELD);
  return dialog;
}

function paste(text: string): void {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  const event = new ClipboardEvent('paste', { bubbles: true, composed: true, cancelable: true });
  // Firefox takes none from a script (https://github.com/w3c/clipboard-apis/issues/33).
  Object.defineProperty(event, 'clipboardData', { value: clipboardData });
  field(FIELD).dispatchEvent(event);
}

/** The addresses of the chips on this page. */
const chips = (): string[] => all('list', 'Who will be invited').flatMap((list) => all('listitem', undefined, list)).map((chip) => nameOf(chip.querySelector('button') ?? chip));

async function chooseList(dialog: HTMLElement, name: string, content: BlobPart): Promise<void> {
  chooseFile(new File([content], name), dialog);
  await frame();
}

/** What the browser would have downloaded. */
function hearDownloads(): { name: string; text: () => Promise<string> }[] {
  const blobs: Blob[] = [];
  const found: { name: string; text: () => Promise<string> }[] = [];
  const createObjectURL = URL.createObjectURL.bind(URL);
  URL.createObjectURL = (blob: Blob) => {
    blobs.push(blob);
    return createObjectURL(blob);
  };
  HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
    const blob = blobs.at(-1);
    found.push({ name: this.download, text: async () => (blob ? blob.text() : '') });
  };
  afterThisTest(() => {
    URL.createObjectURL = createObjectURL;
    Reflect.deleteProperty(HTMLAnchorElement.prototype, 'click');
  });
  return found;
}

describe('The role of an invitation', () => {
  it('is chosen with its meaning beside it; the one that gives least is chosen at first', async () => {
    const stage = await mount(WIDGET);
    await until(() => all('row').some((row) => shown(row).includes('Accepted')), 'the rows');
    await press(get('button', 'New Invitation'));
    const dialog = await find('dialog', 'New Invitation');
    expect(all('radio', undefined, dialog).map(nameOf)).to.deep.equal(['Member', 'Admin']);
    expect((get('radio', 'Member') as HTMLInputElement).checked).to.be.true;
    expect(descriptionOf(get('radio', 'Admin'))).to.equal('Also changes company details, invites people and manages API keys.');
    await type(field('Email address'), 'wilhelmine@example.net');
    await keys('Tab', 'ArrowDown', 'Enter');
    await gone('dialog');
    const { items } = await stage.backend.connect().adapter.call('team.list', { search: 'wilhelmine' });
    expect(items.map(({ role }) => role)).to.deep.equal(['admin']);
  });
});

describe('Invite many', () => {
  it('takes along what was typed, and its role', async () => {
    await mount(WIDGET);
    await until(() => all('row').some((row) => shown(row).includes('Accepted')), 'the rows');
    await press(get('button', 'New Invitation'));
    await find('dialog', 'New Invitation');
    await type(field('Email address'), 'wilhelmine@example.net');
    await keys('Tab', 'ArrowDown');
    await press(get('button', 'Invite many'));
    await find('dialog', 'Invite many');
    expect(field(FIELD).value).to.equal('wilhelmine@example.net');
    expect((get('combobox', 'Role for all') as HTMLSelectElement).value).to.equal('admin');
    await focusOn('textbox', FIELD);
  });

  it('keeps the page from going while there is somebody to invite, and no longer', async () => {
    await mount(WIDGET);
    const dialog = await openMany();
    expect(asksBeforeLeaving()).to.be.false;
    await typeHere('anna@example.net');
    await until(asksBeforeLeaving, 'what is typed to hold the page');
    await keys('Enter');
    await until(() => chips().length === 1, 'a chip');
    expect(asksBeforeLeaving(), 'with a chip').to.be.true;
    await press(get('button', 'Cancel', dialog));
    await press(get('button', 'Discard', await find('alertdialog')));
    await gone('dialog');
    expect(asksBeforeLeaving()).to.be.false;
    await openMany();
    await typeHere('anna@example.net,');
    await press(get('button', 'Send 1 invitation'));
    await reads('1 invitation sent');
    expect(asksBeforeLeaving(), 'once it is sent').to.be.false;
  });

  it('makes a chip of each address as it is typed: by comma, space and Enter, with names and without', async () => {
    await mount(WIDGET);
    await openMany();
    await typeHere('anna@example.net,bert@example.net Clara Schumann <clara@example.net>');
    await keys('Enter');
    await until(() => chips().length === 3, 'three chips');
    expect(chips()).to.deep.equal(['anna@example.net', 'bert@example.net', 'clara@example.net']);
    expect(field(FIELD).value).to.equal('');
    await eventually(() => { expect(said()).to.include('3 addresses'); });
    expect(doubledNames()).to.deep.equal([]);
  });

  it('takes what is typed and pasted while a long list is being read, too, and cuts no name from its address', async () => {
    await mount(WIDGET);
    const dialog = await openMany();
    paste(Array.from({ length: 10_000 }, (_, index) => `"Person, ${String(index)}" <person${String(index)}@example.net>`).join(', '));
    expect(shown(dialog)).not.to.include('10,000 addresses');
    paste('anna@example.net\nbert@example.net');
    await typeHere('clara@example.net,');
    await reads('10,003 addresses', dialog);
    expect(shown(dialog)).not.to.match(/need a look|needs a look/);
  });

  it('takes a pasted list, names what came twice and what is none, and sends nothing until that is settled', async () => {
    const stage = await mount(WIDGET);
    const dialog = await openMany();
    paste('anna@example.net\r\nBert <bert@example.net>; ANNA@example.net\nhalf an address\ncharles@\n');
    await reads('4 addresses', dialog);
    await reads('2 need a look', dialog);
    await reads('Listed once, though it came again: ANNA@example.net', dialog);
    expect(chips()).to.deep.equal(['anna@example.net', 'bert@example.net', 'half an address, not an address', 'charles@, not an address']);
    await press(get('button', 'Send 4 invitations'));
    await reads('2 are not addresses', dialog);
    await until(() => shown(focused() ?? document).includes('Correct them'), 'the focus at the words');
    expect(stage.mails()).to.be.empty;
    await press(get('button', 'Remove them'));
    await focusOn('button', 'Send 2 invitations');
    await keys('Enter');
    await reads('2 invitations sent', dialog);
    expect(stage.mails().map(({ to }) => to)).to.deep.equal(['anna@example.net', 'bert@example.net']);
  });

  it('says that there is nobody to invite', async () => {
    await mount(WIDGET);
    await openMany();
    await press(get('button', 'Invite many'));
    await reads('Add at least one address.');
    await focusOn('textbox', FIELD);
  });

  it('is worked by the keyboard: one stop of Tab, arrows, Delete and Backspace, Enter to correct', async () => {
    await mount(WIDGET);
    await openMany();
    paste('anna@example.net bert@example.net clara@example.net doris@');
    await until(() => chips().length === 4, 'the chips');
    await keys('Backspace');
    await focusOn('button', 'doris@, not an address');
    await keys('ArrowLeft');
    await focusOn('button', 'clara@example.net');
    await keys('Home', 'ArrowRight');
    await focusOn('button', 'bert@example.net');
    await keys('Delete');
    await focusOn('button', 'clara@example.net');
    await eventually(() => { expect(said()).to.equal('bert@example.net is removed. 3 addresses'); });
    await keys('End', 'Enter');
    await focusOn('textbox', FIELD);
    expect(field(FIELD).value).to.equal('doris@');
    await keys('End');
    await typeHere('example.net');
    await keys('Enter');
    await until(() => chips().includes('doris@example.net'), 'the corrected one');
    await keys('Backspace', 'Backspace', 'Backspace', 'Backspace');
    await focusOn('textbox', FIELD);
    expect(all('list', 'Who will be invited').map(nameOf)).to.be.empty;
  });

  it('gives each its own role, and the others the role for all', async () => {
    const stage = await mount(WIDGET);
    const dialog = await openMany();
    paste('anna@example.net bert@example.net');
    await until(() => chips().length === 2, 'the chips');
    for (const [name, value] of [['Role, bert@example.net', 'admin']] as const) {
      const select = get('combobox', name) as HTMLSelectElement;
      select.value = value;
      select.dispatchEvent(new Event('change', { bubbles: true }));
    }
    await press(get('button', 'Send 2 invitations'));
    await reads('2 invitations sent', dialog);
    const { items } = await stage.backend.connect().adapter.call('team.list', { search: 'example.net' });
    expect(items.map(({ email, role }) => `${email} ${role}`)).to.have.members(['anna@example.net member', 'bert@example.net admin']);
  });

  it('shows what became of each, and writes it to a file that no spreadsheet runs', async () => {
    const stage = await mount(WIDGET);
    const downloads = hearDownloads();
    const heard = listen(stage.root, 'uf-change');
    const dialog = await openMany();
    paste('Anna <anna@example.net>, mary@example.com, luigi.menabrea@example.com, ada@example.com');
    await press(await find('button', 'Send 4 invitations'));
    await reads('1 invitation sent', dialog);
    await focusOn('list', 'Results');
    expect(all('row', undefined, dialog).slice(1).map((row) => shown(row))).to.have.members([
      'anna@example.net Anna Sent', 'mary@example.com Already a member', 'ada@example.com Already a member', 'luigi.menabrea@example.com Already invited',
    ]);
    await eventually(() => { expect(said()).to.include('2 are members already'); });
    expect(heard).to.have.length(1);
    await press(get('button', 'Export results (CSV)'));
    expect(downloads[0]?.name).to.equal('invitations.csv');
    expect(await downloads[0]?.text()).to.include('anna@example.net,Anna,Member,Sent\r\n');
    await press(get('button', 'Done'));
    await gone('dialog');
    await focusOn('button', 'New Invitation');
  });

  it('that the backend does not sign in are named, with why', async () => {
    const stage = await mount(WIDGET);
    const dialog = await openMany();
    stage.backend.faults.answer('team.invite', { results: [{ email: 'anna@bücher.example', outcome: 'invalid' }] });
    paste('anna@bücher.example,');
    await press(await find('button', 'Send 1 invitation'));
    await reads('Nobody can sign in with this address', dialog);
  });

  it('sends 250 in several calls, is stopped between two, and goes on with the rest', async () => {
    const stage = await mount(WIDGET);
    const dialog = await openMany();
    paste(Array.from({ length: 250 }, (_, index) => `person${String(index)}@example.net`).join('\n'));
    const calls: number[] = [];
    stage.root.addEventListener('uf-before-change', () => {
      calls.push(calls.length);
      // The second call waits, so that there is something to stop.
      if (calls.length === 2) stage.backend.faults.hang('team.invite');
    });
    await press(await find('button', 'Send 250 invitations'));
    await reads('100 of 250', dialog);
    const bar = [...everything(dialog)].find((element) => element instanceof HTMLProgressElement) as HTMLProgressElement;
    expect([bar.value, bar.max]).to.deep.equal([100, 250]);
    await focusOn('button', 'Stop');
    await keys('Enter');
    await reads('Stopping when what is under way is done.', dialog);
    stage.backend.faults.clear();
    await reads('200 invitations sent', dialog);
    await reads('50 not tried', dialog);
    expect(stage.mails()).to.have.length(200);
    await press(get('button', 'Go on with the other 50'));
    await reads('250 invitations sent', dialog);
    expect(stage.mails()).to.have.length(250);
    expect(calls).to.have.length(3);
  });

  it('tries again what failed, and nobody gets two mails for an answer that was lost', async () => {
    const stage = await mount(WIDGET);
    const dialog = await openMany();
    stage.backend.faults.fail('team.invite', 'unavailable', { times: 1, committed: true });
    paste('anna@example.net, bert@example.net');
    await press(await find('button', 'Send 2 invitations'));
    await reads('2 could not be sent', dialog);
    await reads('The server did not answer.', dialog);
    await press(get('button', 'Retry the failed ones'));
    await reads('2 invitations sent', dialog);
    expect(stage.mails()).to.have.length(2);
  });

  it('tries only those again that the backend could not send to', async () => {
    const stage = await mount(WIDGET);
    const dialog = await openMany();
    stage.backend.faults.answer('team.invite', { results: [{ email: 'anna@example.net', outcome: 'sent' }, { email: 'bert@example.net', outcome: 'failed' }] });
    paste('anna@example.net, bert@example.net');
    await press(await find('button', 'Send 2 invitations'));
    await reads('1 could not be sent', dialog);
    stage.backend.faults.clear();
    await press(get('button', 'Retry the failed ones'));
    await reads('2 invitations sent', dialog);
    expect(stage.mails().map(({ to }) => to)).to.deep.equal(['bert@example.net']);
  });

  it('waits where the backend asks for it, says so, and goes on by itself', async () => {
    const stage = await mount(WIDGET);
    const dialog = await openMany();
    stage.backend.faults.fail('team.invite', () => { throw new SettingsError('rate-limited', 'no', { retryAfter: 2 }); }, { times: 1 });
    paste('anna@example.net, bert@example.net');
    await press(await find('button', 'Send 2 invitations'));
    await reads('The server takes no more for 2 seconds. Then it goes on by itself.', dialog);
    await reads('2 invitations sent', dialog);
    expect(stage.mails()).to.have.length(2);
  });

  it('asks before unsent addresses are lost: by Esc, twice, and by Cancel; kept, they are all there', async () => {
    await mount(WIDGET);
    await openMany();
    paste('anna@example.net, bert@example.net');
    await until(() => chips().length === 2, 'the chips');
    await keys('Escape');
    await find('alertdialog', 'Discard 2 addresses?');
    await focusOn('button', 'Keep them');
    await keys('Escape');
    await gone('alertdialog');
    await find('dialog', 'Invite many');
    // Another one asks, and does not close it against its will (https://html.spec.whatwg.org/multipage/interaction.html#close-watcher-infrastructure).
    await keys('Escape');
    await find('alertdialog', 'Discard 2 addresses?');
    await focusOn('button', 'Keep them');
    await keys('Escape');
    await gone('alertdialog');
    expect(chips()).to.have.length(2);
    await press(get('button', 'Cancel'));
    await press(get('button', 'Discard', await find('alertdialog')));
    await gone('dialog');
    await press(get('button', 'New Invitation'));
    await press(get('button', 'Invite many', await find('dialog', 'New Invitation')));
    await find('dialog', 'Invite many');
    expect(all('list', 'Who will be invited').map(nameOf)).to.be.empty;
  });

  it('closes at once by Esc when nothing would be lost', async () => {
    await mount(WIDGET);
    await openMany();
    await keys('Escape');
    await gone('dialog');
    await focusOn('button', 'New Invitation');
  });

  it('takes 10,000 lines with junk among them: a page is drawn, the field takes keys meanwhile', async () => {
    const stage = await mount(WIDGET);
    const dialog = await openMany();
    paste(Array.from({ length: 10_000 }, (_, index) => (index % 100 === 7 ? `no address ${String(index)} <<>>;;"` : `Person ${String(index)} <person${String(index)}@example.net>`)).join('\n'));
    await reads('10,000 addresses', dialog);
    await reads('100 need a look', dialog);
    expect([...everything(stage.root)].length).to.be.lessThan(3000);
    expect(chips()).to.have.length(50);
    await reads('9,951 to 10,000 of 10,000', dialog);
    await press(get('button', 'Previous, Who will be invited'));
    await reads('9,901 to 9,950 of 10,000', dialog);
    await press(get('button', 'Send 10,000 invitations'));
    await reads('100 are not addresses', dialog);
    await reads('1 to 50 of 10,000', dialog);
    expect(stage.mails()).to.be.empty;
  });
});

describe('A file of people', () => {
  const CSV = 'First name;Surname;E-Mail;Role;Office\r\nAnna;Weber;anna@example.net;Admin;"Turin; Italy"\r\nBert;Brecht;bert@example.net;;London\r\nCleo;;cleo@;Chancellor;Rome\r\n';
  const uses = (): string[] => all('combobox', /^Column/).map((select) => (select as HTMLSelectElement).selectedOptions[0]?.text ?? '');

  it('is shown with what its columns are taken for; its people, names and roles are added', async () => {
    const stage = await mount(WIDGET);
    const dialog = await openMany();
    await chooseList(dialog, 'people.csv', CSV);
    await reads('3 rows in people.csv.', dialog);
    expect(uses()).to.deep.equal(['Name', 'Name', 'Email', 'Role', 'Not used']);
    expect((get('checkbox', 'The first row is a heading') as HTMLInputElement).checked).to.be.true;
    await reads('Turin; Italy', dialog);
    await reads('1 role is not known here: Chancellor. Those people get the role for all.', dialog);
    await press(get('button', 'Add 3 addresses'));
    await until(() => chips().length === 3, 'the chips');
    expect(chips()).to.deep.equal(['anna@example.net', 'bert@example.net', 'cleo@, not an address']);
    await press(get('button', 'Send 3 invitations'));
    await press(await find('button', 'Remove it'));
    await press(await find('button', 'Send 2 invitations'));
    await reads('2 invitations sent', dialog);
    await reads('anna@example.net Anna Weber Sent', dialog);
    const { items } = await stage.backend.connect().adapter.call('team.list', { search: 'example.net' });
    expect(items.map(({ email, role }) => `${email} ${role}`)).to.have.members(['anna@example.net admin', 'bert@example.net member']);
  });

  it('may come from Excel as UTF-16 with tabs', async () => {
    await mount(WIDGET);
    const dialog = await openMany();
    const text = '\uFEFFName\tE-Mail\r\nJosé Ñandú\tjose@example.net\r\n';
    await chooseList(dialog, 'Mappe1.txt', Uint16Array.from(text, (sign) => sign.charCodeAt(0)));
    await reads('1 row in Mappe1.txt.', dialog);
    await reads('José Ñandú', dialog);
    expect(uses()).to.deep.equal(['Name', 'Email']);
  });

  it('can be told what its columns are; without addresses it says so', async () => {
    await mount(WIDGET);
    const dialog = await openMany();
    await chooseList(dialog, 'people.csv', 'anna@example.net,bert@example.net\ncleo@example.net,doris@example.net\n');
    await reads('2 rows in people.csv.', dialog);
    expect(uses()).to.deep.equal(['Email', 'Not used']);
    const choose = (column: number, use: string): void => {
      const select = get('combobox', `Column ${String(column)}`) as HTMLSelectElement;
      select.value = use;
      select.dispatchEvent(new Event('change', { bubbles: true }));
    };
    choose(1, '');
    await press(get('button', 'Add 2 addresses'));
    await reads('Say which column has the email addresses.', dialog);
    await focusOn('combobox', 'Column 1');
    choose(2, 'email');
    await press(get('button', 'Add 2 addresses'));
    await until(() => chips().length === 2, 'the chips');
    expect(chips()).to.deep.equal(['bert@example.net', 'doris@example.net']);
  });

  for (const [what, content, sentence] of [
    ['a workbook', Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0]), 'This file is not a list in text. In your spreadsheet, save it as CSV and choose that file.'],
    ['a quotation that does not end', 'email\n"anna@example.net\n', 'In line 2 a quotation mark is opened and never closed. Mend it and choose the file again.'],
    ['nothing in it', '', 'There is nothing in this file.'],
    ['more than 5 MB', new Uint8Array(5_000_001), 'This file is larger than 5 MB. Divide it, or leave out what is not needed.'],
  ] as const) {
    it(`with ${what} says so, and what was typed stays`, async () => {
      await mount(WIDGET);
      const dialog = await openMany();
      paste('anna@example.net,');
      await until(() => chips().length === 1, 'the chip');
      await chooseList(dialog, 'people.csv', content);
      await reads(sentence, dialog);
      await eventually(() => { expect(said()).to.include(sentence); });
      expect(chips()).to.deep.equal(['anna@example.net']);
    });
  }

  it('can be turned away: Back, and nothing of it is added', async () => {
    await mount(WIDGET);
    const dialog = await openMany();
    await chooseList(dialog, 'people.csv', CSV);
    await press(await find('button', 'Back'));
    await focusOn('button', 'Choose a file');
    expect(all('list', 'Who will be invited').map(nameOf)).to.be.empty;
    expect(dialog.isConnected).to.be.true;
  });
});

describe('Nobody else', () => {
  it('sees what was typed: it goes with the person', async () => {
    const stage: Stage = await mount(WIDGET, { world: demoWorld() });
    await openMany();
    paste('anna@example.net, bert@example.net');
    await until(() => chips().length === 2, 'the chips');
    stage.provider.adapter = stage.backend.connect('charles@example.com').adapter;
    await gone('dialog');
    await openMany();
    expect(all('list', 'Who will be invited').map(nameOf)).to.be.empty;
    fill(field(FIELD), '');
  });
});
