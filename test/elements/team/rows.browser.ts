import { expect } from 'chai';
import { adminWorld, ADA_TOTP_SECRET, busyTeamWorld, largeTeamWorld } from '../../../src/adapters/memory/index.js';
import { codeAt } from '../../support/authenticator.js';
import { keys, press } from '../../support/keys.js';
import { afterThisTest, completeMfa, doubledNames, listen, mount, type Stage } from '../../support/mount.js';
import { all, everything, find, focusOn, get, gone, nameOf, reads, said, shown, toasts, written } from '../../support/query.js';
import { eventually, until } from '../../support/wait.js';

const WIDGET = '<uf-team></uf-team>';
const CHARLES = 'charles@example.com';
const LUIGI = 'luigi.menabrea@example.com';

const rowOf = (text: string): HTMLElement | undefined => all('row').find((row) => shown(row).includes(text));
const textOf = (text: string): string => shown(rowOf(text) ?? document);

async function ready(options: Parameters<typeof mount>[1] = {}): Promise<Stage> {
  const stage = await mount(WIDGET, options);
  await until(() => rowOf('Accepted'), 'the rows');
  return stage;
}

async function open(who: string): Promise<void> {
  await press(get('button', `More, ${who}`));
  await until(() => get('button', `More, ${who}`).getAttribute('aria-expanded') === 'true', 'the menu');
}

async function choose(item: string, who: string): Promise<void> {
  await open(who);
  await press(await find('button', `${item}, ${who}`));
}

const itemsOf = (who: string): string[] => all('button', undefined, rowOf(who)).map((one) => shown(one)).filter(Boolean);

/** What goes to the clipboard. */
function clipboard(allow = true): string[] {
  const copied: string[] = [];
  const usual = navigator.clipboard.writeText.bind(navigator.clipboard);
  const refuse = (event: Event): void => { if (!allow) event.stopImmediatePropagation(); };
  navigator.clipboard.writeText = (text) => {
    if (!allow) return Promise.reject(new DOMException('refused', 'NotAllowedError'));
    copied.push(text);
    return Promise.resolve();
  };
  addEventListener('copy', refuse, true);
  afterThisTest(() => {
    navigator.clipboard.writeText = usual;
    removeEventListener('copy', refuse, true);
  });
  return copied;
}

/** The files that the page hands to the browser. */
function downloads(): { name: string; text: Promise<string> }[] {
  const files: { name: string; text: Promise<string> }[] = [];
  const usual = URL.createObjectURL.bind(URL);
  let blob: Blob | undefined;
  URL.createObjectURL = (given) => {
    if (given instanceof Blob) blob = given;
    return usual(given);
  };
  const { prototype } = HTMLAnchorElement;
  const click = Object.getOwnPropertyDescriptor(HTMLElement.prototype, 'click')?.value as (this: HTMLElement) => void;
  prototype.click = function (this: HTMLAnchorElement) {
    if (this.download && blob) files.push({ name: this.download, text: blob.text() });
    else click.call(this);
  };
  afterThisTest(() => {
    URL.createObjectURL = usual;
    Reflect.deleteProperty(prototype, 'click');
  });
  return files;
}

describe('A row of the team', () => {
  it('says what is known of it: MFA, when somebody was last here, to the minute on request, how long an invitation stands, that its mail came back', async () => {
    await ready({ world: busyTeamWorld() });
    expect(textOf(CHARLES)).to.match(/Accepted MFA on .*Active 7 hours ago/);
    expect(textOf('mary@example.com')).to.include('MFA off');
    const time = rowOf(CHARLES)?.querySelector('time');
    expect(time?.dateTime).to.match(/^\d{4}-\d\d-\d\dT/);
    expect(time?.title).to.match(/\d{1,2} \w+ \d{4},? \d\d:\d\d/);
    expect(textOf(LUIGI)).to.include('Expires in 5 days');
    expect(textOf('plana@example.com')).to.include('Pending Mail bounced');
    expect(textOf('mosotti@example.com')).to.include('Declined');
    expect(doubledNames()).to.be.empty;
  });

  it('has a menu of what this person may do to it, and closes it by Esc and from outside', async () => {
    await ready();
    await open(CHARLES);
    expect(itemsOf(CHARLES)).to.deep.equal(['Change role…', 'Remove from team…']);
    await keys('Escape');
    await until(() => get('button', `More, ${CHARLES}`).getAttribute('aria-expanded') === 'false', 'the menu to close');
    await focusOn('button', `More, ${CHARLES}`);
    await open(LUIGI);
    expect(itemsOf(LUIGI)).to.deep.equal(['Resend', 'Change role…', 'Copy link…', 'Revoke…']);
    expect(doubledNames()).to.be.empty;
    await press(get('searchbox', 'Search by name or email'));
    await until(() => itemsOf(LUIGI).length === 1, 'the menu to close');
    await open('george.peacock@example.com');
    expect(itemsOf('george.peacock@example.com')).to.deep.equal(['Invite again', 'Revoke…']);
  });

  it('says why nothing can be done to the only owner', async () => {
    await ready();
    await open('ada@example.com');
    await reads('You are the only owner. Make somebody else an owner before you change your own role.');
    expect(itemsOf('ada@example.com')).to.be.empty;
  });

  it('offers an admin nothing above an admin', async () => {
    await ready({ world: adminWorld() });
    expect(all('button', 'More, ada@example.com').map(nameOf)).to.be.empty;
    await choose('Change role…', 'mary@example.com');
    await find('dialog', 'Change the role of Mary Somerville');
    expect(all('radio').map((one) => (one as HTMLInputElement).value)).to.deep.equal(['member', 'admin']);
  });
});

describe('Change role', () => {
  it('says what each role means, changes it, tells the person by mail, and gives the focus back', async () => {
    const stage = await ready();
    const heard = listen(stage.root, 'uf-before-change', 'uf-change', 'uf-error');
    await choose('Change role…', CHARLES);
    const dialog = await find('dialog', 'Change the role of Charles Babbage');
    await focusOn('radio', 'Admin');
    expect(shown(dialog)).to.include('Sees the company and the team. Manages only their own account.');
    await keys('ArrowUp', 'Enter');
    await gone('dialog');
    await until(() => textOf(CHARLES).includes('Member'), 'the role in the row');
    await until(() => toasts().includes('The role of Charles Babbage is now Member.'), 'the toast');
    await focusOn('button', `More, ${CHARLES}`);
    expect(stage.mails(CHARLES).map(({ subject }) => subject)).to.deep.equal(['Your role in Analytical Engines Ltd has changed']);
    expect(heard).to.deep.equal([{ type: 'uf-before-change', detail: { operation: 'team.changeRole' } }, { type: 'uf-change', detail: { operation: 'team.changeRole' } }]);
  });

  it('asks for a one-time code only to make an owner; then the only owner is not the only one', async () => {
    const stage = await ready({ world: busyTeamWorld() });
    await choose('Change role…', CHARLES);
    await find('dialog', 'Change the role of Charles Babbage');
    await press(get('radio', 'Owner'));
    await press(get('button', 'Change role'));
    await completeMfa(codeAt(ADA_TOTP_SECRET, stage.clock()));
    await gone('dialog');
    await until(() => textOf(CHARLES).includes('Owner'), 'the role in the row');
  });

  it('that was left as it is says so', async () => {
    await ready();
    await choose('Change role…', CHARLES);
    const dialog = await find('dialog', 'Change the role of Charles Babbage');
    await press(get('button', 'Change role', dialog));
    await reads('No changes to save', dialog);
    await keys('Escape');
    await gone('dialog');
  });

  it('after somebody else’s change says what it is now, and goes on from there', async () => {
    const stage = await ready();
    await choose('Change role…', CHARLES);
    const dialog = await find('dialog', 'Change the role of Charles Babbage');
    const other = stage.backend.connect().adapter;
    const { items } = await other.call('team.list', { search: CHARLES });
    stage.backend.faults.fail('team.changeRole', 'stale', { times: 1 });
    await press(get('radio', 'Member'));
    await press(get('button', 'Change role', dialog));
    await reads('The role was changed meanwhile', dialog);
    await press(get('button', 'Change role', dialog));
    await gone('dialog');
    expect((await other.call('team.list', { search: CHARLES })).items[0]?.role).to.equal('member');
    expect(items[0]?.role).to.equal('admin');
  });

  it('of an invitation sends it again with a new link', async () => {
    const stage = await ready();
    await choose('Change role…', LUIGI);
    const dialog = await find('dialog', `Change the role of ${LUIGI}`);
    expect(shown(dialog)).to.include('The invitation is sent again with a new link.');
    expect(all('radio').map((one) => (one as HTMLInputElement).value)).to.deep.equal(['member', 'admin']);
    await press(get('radio', 'Admin'));
    await press(get('button', 'Change role', dialog));
    await gone('dialog');
    await until(() => textOf(LUIGI).includes('Admin'), 'the role in the row');
    expect(stage.mails(LUIGI)).to.have.length(1);
  });
});

describe('Remove from team', () => {
  it('names the person and what they lose, does nothing by the harmless button, and takes them out by the other', async () => {
    const stage = await ready();
    await choose('Remove from team…', CHARLES);
    const question = await find('alertdialog', 'Remove Charles Babbage from Analytical Engines Ltd?');
    expect(shown(question)).to.include('They lose access at once, on every device');
    await focusOn('button', 'Keep in team');
    await keys('Enter');
    await gone('alertdialog');
    await focusOn('button', `More, ${CHARLES}`);
    await choose('Remove from team…', CHARLES);
    await press(get('button', 'Remove', await find('alertdialog')));
    await until(() => rowOf(CHARLES) === undefined, 'the row to go');
    await reads('23 people');
    await focusOn('heading', 'Team Members');
    await until(() => toasts().includes('Charles Babbage is removed from your team.'), 'the toast');
    expect(stage.mails(CHARLES)).to.have.length(1);
  });

  it('says at the row what went wrong, and takes the person out when it is done again', async () => {
    const stage = await ready();
    stage.backend.faults.fail('team.remove', 'unavailable', { times: 1, committed: true });
    await choose('Remove from team…', CHARLES);
    await press(get('button', 'Remove', await find('alertdialog')));
    await until(() => textOf(CHARLES).includes('The server did not answer.'), 'the error in the row');
    await choose('Remove from team…', CHARLES);
    await press(get('button', 'Remove', await find('alertdialog')));
    await until(() => rowOf(CHARLES) === undefined, 'the row to go');
    expect(stage.mails(CHARLES), 'mails').to.have.length(1);
  });

  it('puts a page that is empty then in the place of the one before', async () => {
    const world = busyTeamWorld();
    world.pageSize = 25;
    await ready({ world });
    await press(get('button', 'Next, Team Members'));
    await reads('26 to 26 of 26');
    const last = get('button', /^More, /);
    const email = last.getAttribute('aria-label')?.replace('More, ', '') ?? '';
    await choose('Remove from team…', email);
    await press(get('button', 'Remove', await find('alertdialog')));
    await reads('1 to 25 of 25');
  });
});

describe('Copy link', () => {
  it('asks first, then puts a new link on the clipboard that is never drawn, said or in an event; the mailed one is dead', async () => {
    const stage = await ready();
    const copied = clipboard();
    const heard = listen(stage.root, 'uf-before-change', 'uf-change', 'uf-error');
    const mailed = stage.backend.outbox.mails.find(({ to }) => to === LUIGI)?.link?.split('=')[1] ?? '';
    await choose('Copy link…', LUIGI);
    const dialog = await find('dialog', `Copy the link for ${LUIGI}`);
    expect(shown(dialog)).to.include('The link in the mail stops working.');
    expect(copied).to.be.empty;
    const drawnTexts: string[] = [];
    const observer = new MutationObserver(() => { drawnTexts.push(written()); });
    observer.observe(stage.element('uf-team').shadowRoot ?? document, { subtree: true, childList: true, characterData: true, attributes: true });
    await press(get('button', 'Make and copy link', dialog));
    await gone('dialog');
    observer.disconnect();
    expect(copied).to.have.length(1);
    const token = copied[0]?.split('=')[1] ?? '';
    expect(token).to.have.length.above(20);
    const visitor = stage.backend.connect(null).adapter;
    expect((await visitor.call('invitation.get', { token })).email).to.equal(LUIGI);
    expect(await visitor.call('invitation.get', { token: mailed }).then(() => 'alive', () => 'dead')).to.equal('dead');
    await until(() => toasts().some((text) => text.includes(`The link for ${LUIGI} is copied.`)), 'the toast');
    expect([...drawnTexts, written(), said(), JSON.stringify(heard)].filter((text) => text.includes(token))).to.be.empty;
    await focusOn('button', `More, ${LUIGI}`);
  });

  it('where the browser refuses shows the link, selected, and forgets it with the dialog', async () => {
    const stage = await ready();
    clipboard(false);
    await choose('Copy link…', LUIGI);
    const dialog = await find('dialog');
    await press(get('button', 'Make and copy link', dialog));
    await reads('The browser did not allow copying', dialog);
    const shownLink = /https?:\S+|\/?#invitation=\S+/.exec(shown(dialog))?.[0] ?? '';
    expect(shownLink).to.match(/invitation=.{20,}/);
    for (const element of everything(stage.root)) for (const { value } of element.attributes) expect(value).not.to.include(shownLink);
    await keys('Escape');
    await gone('dialog');
    await eventually(() => { expect(written()).not.to.include(shownLink); });
  });

  it('says in the dialog that the invitation is not open any more', async () => {
    const stage = await ready();
    clipboard();
    stage.backend.faults.fail('team.link', 'conflict', { times: 1 });
    await choose('Copy link…', LUIGI);
    const dialog = await find('dialog');
    await press(get('button', 'Make and copy link', dialog));
    await reads('This invitation is no longer open.', dialog);
  });
});

describe('Filters of the team', () => {
  it('narrow it by role and status together with the search, say how many are left, and are cleared at once', async () => {
    await ready();
    await press(get('button', 'Filter'));
    const pick = async (label: string, value: string): Promise<void> => {
      const select = await find('combobox', label) as HTMLSelectElement;
      select.focus();
      select.value = value;
      for (const kind of ['input', 'change']) select.dispatchEvent(new Event(kind, { bubbles: true }));
    };
    await pick('Role', 'admin');
    await reads('2 people');
    await eventually(() => { expect(said()).to.include('2 people'); });
    expect(get('button', 'Filter (1)').getAttribute('aria-expanded')).to.equal('true');
    await pick('Status', 'expired');
    await reads('Try fewer filters, or other words.');
    await press(get('button', 'Clear filters, Nobody found'));
    await reads('24 people');
    await focusOn('button', 'Filter');
    await pick('Status', 'expired');
    await reads('1 person');
    expect(textOf('george.peacock@example.com')).to.include('Expired');
  });
});

describe('Export', () => {
  it('writes everybody whom the list shows, page by page, into a file that no spreadsheet runs', async () => {
    const files = downloads();
    const world = largeTeamWorld(450);
    for (const person of world.people) if (person.email === CHARLES) person.name = '=cmd|"/c calc"!A1';
    await ready({ world });
    await press(get('button', 'Export'));
    await until(() => toasts().some((text) => /^450 people are in the file team-.*\.csv\.$/.test(text)), 'the toast');
    expect(files[0]?.name).to.match(/^team-\d{4}-\d\d-\d\d\.csv$/);
    const lines = ((await files[0]?.text) ?? '').trim().split('\r\n');
    expect(lines).to.have.length(451);
    expect(lines[0]).to.equal('Name,Email address,Role,Status,Joined,Invited,Invited by,Invitation expires,Last active,Multi-factor authentication,Mail');
    expect(lines.some((line) => line.startsWith(`"'=cmd`))).to.be.true;
    expect(new Set(lines.map((line) => line.split(',')[1])).size).to.be.above(440);
  });

  it('holds what the search found, and no more', async () => {
    const files = downloads();
    await ready();
    const box = get('searchbox', 'Search by name or email') as HTMLInputElement;
    box.value = 'herschel';
    box.dispatchEvent(new Event('input', { bubbles: true }));
    await reads('2 people');
    await press(get('button', 'Export'));
    await until(() => files.length === 1, 'the file');
    expect(((await files[0]?.text) ?? '').trim().split('\r\n')).to.have.length(3);
  });

  it('says how far it is, and makes no file when it is cancelled', async () => {
    const files = downloads();
    const stage = await ready({ world: largeTeamWorld(450) });
    stage.backend.faults.hang('team.list');
    await press(get('button', 'Export'));
    const dialog = await find('dialog', 'Export your team');
    await focusOn('button', 'Cancel');
    await press(get('button', 'Cancel', dialog));
    await gone('dialog');
    await until(() => toasts().includes('The export was cancelled. No file was made.'), 'the toast');
    stage.backend.faults.clear();
    await focusOn('button', 'Export');
    expect(files).to.be.empty;
  });

  it('says what went wrong, and begins anew on Retry', async () => {
    const files = downloads();
    const stage = await ready();
    stage.backend.faults.fail('team.list', 'unavailable', { times: 1 });
    await press(get('button', 'Export'));
    const dialog = await find('dialog', 'Export your team');
    await reads('The server did not answer.', dialog);
    await press(get('button', 'Retry', dialog));
    await until(() => files.length === 1, 'the file');
  });
});
