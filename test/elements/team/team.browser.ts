import { expect } from 'chai';
import { adminWorld, demoWorld, emptyTeamWorld, largeTeamWorld, memberWorld } from '../../../src/adapters/memory/index.js';
import { fill, keys, press, type } from '../../support/keys.js';
import { doubledNames, drawn, listen, mount } from '../../support/mount.js';
import { all, everything, field, find, focused, focusOn, get, gone, nameOf, reads, roleOf, said, shown, toasts } from '../../support/query.js';
import { eventually, until } from '../../support/wait.js';

const WIDGET = '<uf-team></uf-team>';

/** The people on this page, first cell and status, once they are there. */
async function rows(): Promise<HTMLElement[]> {
  await until(() => all('row').some((row) => /Accepted|Pending|Expired|Declined/.test(shown(row))), 'the rows');
  return all('row').slice(1);
}

const firstCells = (): string[] => all('rowheader').map((cell) => shown(cell).replace(/^\S{1,2} (?=[A-ZЀ-ӿÉ])/, ''));
/** Opens the menu of a row and chooses from it. */
async function choose(item: string, who: string): Promise<void> {
  await press(get('button', `More, ${who}`));
  await press(await find('button', `${item}, ${who}`));
}

const rowOf = (text: string): HTMLElement | undefined => all('row').find((row) => shown(row).includes(text));

async function openInvite(): Promise<HTMLElement> {
  await rows();
  await press(get('button', 'New Invitation'));
  return find('dialog', 'New Invitation');
}

async function search(text: string): Promise<void> {
  await type(get('searchbox', 'Search by name or email'), text);
}

describe('Team Members', () => {
  it('is one real table of members and invitations: caption, scopes, status in words', async () => {
    const stage = await mount(WIDGET);
    await rows();
    const table = get('table', 'Team members and invitations');
    expect(all('columnheader', undefined, table).map((head) => nameOf(head))).to.deep.equal(['Name', 'Role', 'Status', 'Date', 'Actions']);
    for (const head of all('columnheader', undefined, table)) expect(head.getAttribute('scope')).to.equal('col');
    for (const head of all('rowheader', undefined, table)) expect(head.getAttribute('scope')).to.equal('row');
    expect(shown(rowOf('ada@example.com') ?? document)).to.match(/Ada Lovelace \(you\).*Owner.*Accepted/);
    expect(shown(rowOf('luigi.menabrea@example.com') ?? document)).to.match(/Invited by Ada Lovelace.*Member.*Pending.*Expires in 5 days/);
    expect(shown(rowOf('george.peacock@example.com') ?? document)).to.match(/Expired/);
    expect(shown(stage.root)).to.include('Everyone invited to Analytical Engines Ltd.');
  });

  it('says how many there are, and where in them this page stands', async () => {
    await mount(WIDGET);
    await rows();
    const table = get('table');
    expect(shown()).to.include('24 people');
    expect(table.getAttribute('aria-rowcount')).to.equal('25');
    expect(all('row').map((row) => row.getAttribute('aria-rowindex'))).to.deep.equal(['1', '2', '3', '4', '5', '6', '7', '8', '9']);
    expect(shown()).to.include('1 to 8 of 24');
    expect(get('button', 'Previous, Team Members').getAttribute('aria-disabled')).to.equal('true');
  });

  it('turns its pages forth and back, without a gap and without a double', async () => {
    await mount(WIDGET);
    await rows();
    const seen = firstCells();
    const first = seen[0];
    for (const range of ['9 to 16 of 24', '17 to 24 of 24']) {
      await press(get('button', 'Next, Team Members'));
      await reads(range);
      seen.push(...firstCells());
    }
    expect(new Set(seen).size).to.equal(24);
    expect(all('row')[1]?.getAttribute('aria-rowindex')).to.equal('18');
    expect(get('button', 'Next, Team Members').getAttribute('aria-disabled')).to.equal('true');
    await press(get('button', 'Previous, Team Members'));
    await reads('9 to 16 of 24');
    await press(get('button', 'Previous, Team Members'));
    await reads('1 to 8 of 24');
    expect(firstCells()[0]).to.equal(first);
  });

  it('searches names and addresses, without regard to case and accents, and says how many it found', async () => {
    await mount(WIDGET);
    await rows();
    await search('HERSCHEL');
    await reads('2 people');
    expect(firstCells().map((cell) => cell.replace(/ \S+@\S+$/, ''))).to.have.members(['John Herschel', 'Caroline Herschel']);
    await eventually(() => { expect(said()).to.include('2 people'); });
    expect(get('table').getAttribute('aria-rowcount')).to.equal('3');
    await search('emilie');
    await reads('Émilie du Châtelet');
    await reads('1 person');
    await search('menabrea@');
    await reads('Invited by Ada Lovelace');
  });

  it('searches at once on Enter', async () => {
    await mount(WIDGET);
    await rows();
    await search('babbage');
    await keys('Enter');
    await reads('2 people');
    await focusOn('searchbox', 'Search by name or email');
  });

  it('searches from the first page on, wherever one was', async () => {
    await mount(WIDGET);
    await rows();
    await press(get('button', 'Next, Team Members'));
    await reads('9 to 16 of 24');
    await search('ada lovelace');
    await reads('1 to 1 of 1');
  });

  it('says that nobody was found, in the searched words, and clears the search on request', async () => {
    await mount(WIDGET);
    await rows();
    await search('zuse <b>');
    await reads('No name or address contains “zuse <b>”.');
    await press(get('button', 'Clear search'));
    await reads('24 people');
    expect((get('searchbox') as HTMLInputElement).value).to.equal('');
  });

  it('sorts by a column, up and down, and says so to the ear', async () => {
    await mount(WIDGET);
    await rows();
    expect(all('columnheader').every((head) => !head.hasAttribute('aria-sort'))).to.be.true;
    const head = (): HTMLElement => get('columnheader', 'Name');
    await press(get('button', 'Name'));
    await until(() => head().getAttribute('aria-sort') === 'ascending' && firstCells()[0]?.includes('Ada Lovelace'), 'the order of names');
    await press(get('button', 'Name'));
    await until(() => head().getAttribute('aria-sort') === 'descending' && firstCells()[0]?.includes('Пафнутий'), 'the order turned round');
    await press(get('button', 'Status'));
    await until(() => get('columnheader', 'Status').getAttribute('aria-sort') === 'ascending', 'the order of status');
    expect(head().hasAttribute('aria-sort')).to.be.false;
    await focusOn('button', 'Status');
  });

  it('keeps the order while it is searched', async () => {
    await mount(WIDGET);
    await rows();
    await press(get('button', 'Name'));
    await until(() => get('columnheader', 'Name').getAttribute('aria-sort') === 'ascending', 'the order');
    await search('herschel');
    await reads('2 people');
    expect(firstCells().map((cell) => cell.replace(/ \S+@\S+$/, ''))).to.deep.equal(['Caroline Herschel', 'John Herschel']);
  });

  it('stacks its rows in a narrow place and stays a table for the ear', async () => {
    await mount(WIDGET, { width: 340 });
    await rows();
    const [head, name, , status] = [get('table'), all('rowheader')[0], null, all('cell')[1]];
    expect(roleOf(head)).to.equal('table');
    const above = name?.getBoundingClientRect().bottom ?? Infinity;
    expect(status?.getBoundingClientRect().top, 'the status below the name').to.be.at.least(above - 1);
    expect(document.documentElement.scrollWidth).to.be.at.most(innerWidth);
  });

  it('has no two buttons of one name', async () => {
    await mount(WIDGET);
    await rows();
    expect(doubledNames()).to.be.empty;
  });

  it('shows what is new when somebody else invites', async () => {
    const stage = await mount(WIDGET, { world: emptyTeamWorld() });
    await reads('Only you so far');
    await press(get('button', 'New Invitation, Only you so far'));
    await find('dialog', 'New Invitation');
    await keys('Escape');
    await focusOn('button', 'New Invitation, Only you so far');
    await stage.backend.connect().adapter.call('team.invite', { invitations: [{ email: 'luigi@example.net', role: 'member' }] });
    await until(() => rowOf('luigi@example.net'), 'the new row');
  });

  it('says that it could not be loaded, never that nobody is there, and loads on Retry', async () => {
    const stage = await mount(WIDGET, { ready: false });
    stage.backend.faults.fail('team.list', 'unavailable');
    await reads('Could not load team members');
    expect(shown()).not.to.include('Only you so far');
    stage.backend.faults.clear();
    await press(get('button', 'Retry, team members'));
    await rows();
  });
});

describe('Team Members, who may what', () => {
  it('is read-only for a plain member, with the reason', async () => {
    await mount(WIDGET, { world: memberWorld() });
    await rows();
    await reads('You can see who is in your team. Only an owner or an admin can invite people.');
    expect(all('button', /New Invitation|Resend|Invite again|More/).map(nameOf)).to.be.empty;
    expect(shown(rowOf('mary@example.com') ?? document)).to.include('(you)');
  });

  it('lets an admin invite', async () => {
    await mount(WIDGET, { world: adminWorld() });
    await rows();
    expect(get('button', 'New Invitation')).to.exist;
  });

  it('tells somebody who is alone what to do, with the way beside it', async () => {
    await mount(WIDGET, { world: emptyTeamWorld() });
    await reads('Only you so far');
    await reads('Invite the people you work with to Analytical Engines Ltd.');
    expect(all('button', 'New Invitation')).to.have.length(1);
  });
});

describe('New Invitation', () => {
  it('stands at the top right of its section', async () => {
    await mount(WIDGET, { width: 900 });
    const button = get('button', 'New Invitation').getBoundingClientRect();
    const title = get('heading', 'Team Members').getBoundingClientRect();
    expect(button.left).to.be.greaterThan(title.right);
    expect(Math.abs(button.top - title.top)).to.be.lessThan(40);
  });

  it('opens with the focus in the field, says for how long the link works, and closes by Esc with the focus back', async () => {
    const stage = await mount(WIDGET);
    const dialog = await openInvite();
    await focusOn('textbox', 'Email address');
    expect(shown(dialog)).to.include('lets its owner join Analytical Engines Ltd. It works for 7 days.');
    await typeInto('half an address');
    await keys('Escape');
    await gone('dialog');
    await focusOn('button', 'New Invitation');
    await keys('Enter');
    await find('dialog', 'New Invitation');
    expect(field('Email address').value, 'a fresh one').to.equal('');
    expect(stage.mails()).to.be.empty;
  });

  it('sends one mail, closes, says where it went, and takes the focus to the new row', async () => {
    const stage = await mount(WIDGET);
    const heard = listen(stage.root, 'uf-before-change', 'uf-change', 'uf-error');
    await openInvite();
    await typeInto('  wilhelmine@example.net ');
    await keys('Enter');
    await gone('dialog');
    await until(() => toasts().includes('Invitation sent to wilhelmine@example.net.'), 'the toast');
    await until(() => roleOf(focused() ?? document.body) === 'row' && shown(focused() ?? document).includes('wilhelmine@example.net'), 'the focus on the new row');
    expect(shown(focused() ?? document)).to.match(/Member.*Pending/);
    expect(stage.mails().map(({ to }) => to)).to.deep.equal(['wilhelmine@example.net']);
    expect(stage.mails()[0]?.link).to.match(/#invitation=.{20,}/);
    expect(heard).to.deep.equal([
      { type: 'uf-before-change', detail: { operation: 'team.invite' } },
      { type: 'uf-change', detail: { operation: 'team.invite' } },
    ]);
  });

  for (const [what, address, sentence] of [
    ['no address', '', 'Enter an email address.'],
    ['an address without a domain', 'charles@', 'An address looks like name@example.com.'],
    ['an address with spaces', 'charles babbage@example.com', 'An address looks like name@example.com.'],
    ['two addresses', 'a@example.com, b@example.com', 'An address looks like name@example.com.'],
    ['an address of 300 characters', `${'a'.repeat(290)}@example.com`, 'This is too long. Use at most 254 characters.'],
    ['somebody who is a member', 'Charles@Example.com', 'This person is in your team already.'],
    ['somebody who is invited', 'luigi.menabrea@example.com', 'This address has an open invitation already. Resend it from the list.'],
  ] as const) {
    it(`stays open for ${what}, keeps it, and says what is wrong with it`, async () => {
      const stage = await mount(WIDGET);
      const dialog = await openInvite();
      if (address) fill(field('Email address'), address);
      await press(get('button', 'Send', dialog));
      await reads(sentence, dialog);
      await focusOn('textbox', 'Email address');
      expect(field('Email address').value).to.equal(address);
      expect(field('Email address').getAttribute('aria-invalid')).to.equal('true');
      expect(stage.mails()).to.be.empty;
      fill(field('Email address'), 'wilhelmine@example.net');
      await until(() => !shown(dialog).includes(sentence), 'the message to go');
      await press(get('button', 'Send', dialog));
      await gone('dialog');
      expect(stage.mails()).to.have.length(1);
    });
  }

  it('invites somebody whose invitation expired anew', async () => {
    const stage = await mount(WIDGET);
    await openInvite();
    await typeInto('george.peacock@example.com');
    await keys('Enter');
    await gone('dialog');
    await until(() => shown(rowOf('george.peacock@example.com') ?? document).includes('Pending'), 'the row to be pending');
    expect(stage.mails()).to.have.length(1);
  });

  it('sends one mail for Enter, Enter and a click', async () => {
    const stage = await mount(WIDGET);
    const dialog = await openInvite();
    stage.backend.faults.hang('team.invite');
    await typeInto('wilhelmine@example.net');
    const send = get('button', 'Send', dialog);
    await keys('Enter');
    await until(() => send.getAttribute('aria-disabled') === 'true', 'the button to be busy');
    await keys('Enter', 'Enter');
    send.click();
    stage.backend.faults.clear();
    await gone('dialog');
    expect(stage.mails()).to.have.length(1);
  });

  it('sends one mail when the answer is lost and the person sends again', async () => {
    const stage = await mount(WIDGET);
    const dialog = await openInvite();
    stage.backend.faults.fail('team.invite', 'unavailable', { times: 1, committed: true });
    await typeInto('wilhelmine@example.net');
    await keys('Enter');
    await reads('The server did not answer.', dialog);
    expect(field('Email address').value).to.equal('wilhelmine@example.net');
    await press(get('button', 'Send', dialog));
    await gone('dialog');
    expect(stage.mails()).to.have.length(1);
    await until(() => toasts().includes('Invitation sent to wilhelmine@example.net.'), 'the toast');
  });

  it('says so when the backend could not send', async () => {
    const stage = await mount(WIDGET);
    const dialog = await openInvite();
    stage.backend.faults.answer('team.invite', { results: [{ email: 'wilhelmine@example.net', outcome: 'failed' }] });
    await typeInto('wilhelmine@example.net');
    await keys('Enter');
    await until(() => field('Email address', dialog).getAttribute('aria-invalid') === 'true', 'the error');
    expect(shown(dialog)).to.match(/could not be sent|did not answer/);
    expect(toasts()).to.be.empty;
  });
});

async function typeInto(text: string): Promise<void> {
  await type(field('Email address'), text);
}

describe('An invitation in the list', () => {
  it('is sent again by Resend: a new mail, and the earlier link is dead', async () => {
    const stage = await mount(WIDGET);
    await rows();
    const earlier = stage.backend.outbox.mails.find(({ to }) => to === 'luigi.menabrea@example.com')?.link?.split('=')[1] ?? '';
    await press(get('button', 'Resend, luigi.menabrea@example.com'));
    await until(() => toasts().includes('Invitation sent to luigi.menabrea@example.com.'), 'the toast');
    await focusOn('button', 'Resend, luigi.menabrea@example.com');
    expect(stage.mails('luigi.menabrea@example.com')).to.have.length(1);
    const dead = await stage.backend.connect(null).adapter.call('invitation.get', { token: earlier }).then(() => false, () => true);
    expect(dead).to.be.true;
  });

  it('that expired is offered to be sent again under another word, and is pending then', async () => {
    await mount(WIDGET);
    await rows();
    await press(get('button', 'Invite again, george.peacock@example.com'));
    await until(() => shown(rowOf('george.peacock@example.com') ?? document).includes('Pending'), 'the row to be pending');
  });

  it('says at its row when Resend fails', async () => {
    const stage = await mount(WIDGET);
    await rows();
    stage.backend.faults.fail('team.resend', 'unavailable', { times: 1 });
    await press(get('button', 'Resend, luigi.menabrea@example.com'));
    await until(() => shown(rowOf('luigi.menabrea@example.com') ?? document).includes('The server did not answer.'), 'the error in the row');
    expect(toasts()).to.be.empty;
  });

  it('is revoked only after a question that names it, with the harmless button focused', async () => {
    const stage = await mount(WIDGET);
    await rows();
    await choose('Revoke…', 'luigi.menabrea@example.com');
    const dialog = await find('alertdialog', 'Revoke the invitation of luigi.menabrea@example.com?');
    await focusOn('button', 'Keep it');
    await keys('Enter');
    await gone('alertdialog');
    await focusOn('button', 'More, luigi.menabrea@example.com');
    expect(dialog.isConnected).to.be.false;
    expect(rowOf('luigi.menabrea@example.com')).to.exist;
    await choose('Revoke…', 'luigi.menabrea@example.com');
    await press(get('button', 'Revoke', await find('alertdialog')));
    await until(() => rowOf('luigi.menabrea@example.com') === undefined, 'the row to go');
    await until(() => toasts().includes('The invitation of luigi.menabrea@example.com is revoked.'), 'the toast');
    await focusOn('heading', 'Team Members');
    const { items } = await stage.backend.connect().adapter.call('team.list', { search: 'menabrea' });
    expect(items).to.be.empty;
  });

  it('says that it was accepted meanwhile rather than that it is revoked', async () => {
    const stage = await mount(WIDGET);
    await rows();
    stage.backend.faults.fail('team.revoke', 'conflict', { times: 1 });
    await choose('Revoke…', 'luigi.menabrea@example.com');
    await press(get('button', 'Revoke', await find('alertdialog')));
    await until(() => shown(rowOf('luigi.menabrea@example.com') ?? document).includes('This was changed at the same moment. Try again.'), 'the error in the row');
    expect(toasts()).to.be.empty;
  });
});

describe('A team of 10,000', () => {
  it('is drawn by the page: under 3,000 DOM nodes, and search finds one of them', async () => {
    const stage = await mount('<uf-settings tab="team"></uf-settings>', { world: largeTeamWorld() });
    await rows();
    await reads('10,000 people');
    const nodes = [...everything(stage.root)].length;
    expect(nodes).to.be.lessThan(3000);
    expect(get('table').getAttribute('aria-rowcount')).to.equal('10001');
    await search('member09001@');
    await reads('1 person');
  });

  it('costs no more nodes than a page of ten costs by row', async () => {
    const many = await mount(WIDGET, { world: largeTeamWorld() });
    await rows();
    const perRowOfMany = [...everything(many.element('uf-team'))].length / all('row').length;
    many.root.remove();
    const few = await mount(WIDGET, { world: demoWorld() });
    await rows();
    await drawn(few.element('uf-team'));
    const perRowOfFew = [...everything(few.element('uf-team'))].length / all('row').length;
    expect(perRowOfMany).to.be.at.most(perRowOfFew);
  });
});
