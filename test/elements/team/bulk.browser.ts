import { expect } from 'chai';
import { adminWorld, busyTeamWorld, largeTeamWorld, memberWorld } from '../../../src/adapters/memory/index.js';
import { keys, press, shiftClick, shiftSpace, type } from '../../support/keys.js';
import { asksBeforeLeaving, doubledNames, mount, type Stage } from '../../support/mount.js';
import { all, everything, find, focused, focusOn, get, gone, nameOf, reads, said, shown } from '../../support/query.js';
import { eventually, until } from '../../support/wait.js';

const WIDGET = '<uf-team></uf-team>';

async function rows(): Promise<void> {
  await until(() => all('row').some((row) => shown(row).includes('Accepted')), 'the rows');
}

async function select(...names: readonly RegExp[]): Promise<void> {
  await rows();
  await press(get('button', 'Select'));
  await focusOn('checkbox', 'Select this page');
  for (const name of names) await press(get('checkbox', name));
}

const ticked = (): string[] => all('checkbox', /^Select .*@/).filter((box) => (box as HTMLInputElement).checked).map((box) => nameOf(box).replace(/^Select /, ''));
const team = async (stage: Stage, search: string): Promise<string[]> =>
  (await stage.backend.connect().adapter.call('team.list', { search, limit: 100 })).items.map(({ email, role, status }) => `${email} ${role} ${status}`);

describe('Several people of the team', () => {
  it('are picked by boxes in the place of their initials; nobody is asked to pick what nothing can be done with', async () => {
    await mount(WIDGET);
    await select(/^Select Mary Somerville/);
    expect(all('checkbox', /^Select .*@/).map(nameOf).some((name) => name.includes('ada@example.com')), 'oneself, the last owner').to.be.false;
    expect(get('img', 'Cannot be selected: this is you')).to.exist;
    expect(ticked()).to.deep.equal(['Mary Somerville, mary@example.com']);
    await reads('1 selected');
    expect(doubledNames()).to.deep.equal([]);
    await press(get('checkbox', 'Select this page'));
    await reads('7 selected');
    await eventually(() => { expect(said()).to.include('7 selected'); });
    await press(get('button', 'Stop selecting'));
    await focusOn('button', 'Select');
    expect(all('checkbox').map(nameOf)).to.be.empty;
  });

  it('may be invited ones and members together: each action says for how many of them it is', async () => {
    await mount(WIDGET);
    await select(/luigi\.menabrea/, /george\.peacock/, /^Select Mary Somerville/);
    expect(get('button', 'Resend (2)')).to.exist;
    expect(get('button', 'Revoke (2)')).to.exist;
    expect(get('button', 'Remove (1)')).to.exist;
    await press(get('button', 'Remove (1)'));
    const dialog = await find('alertdialog', 'Remove 1 member?');
    expect(shown(dialog)).to.include('Mary Somerville');
    expect(shown(dialog)).not.to.include('luigi');
    expect(shown(dialog)).to.include('2 of those selected are left as they are: invitations are revoked, not removed.');
    await focusOn('button', 'Change nothing');
    await keys('Enter');
    await gone('alertdialog');
    await focusOn('button', 'Remove (1)');
  });

  it('stay picked when pages turn, when the list is searched and when it is read again; the focus stays at its row', async () => {
    const stage = await mount(WIDGET);
    await select(/^Select Mary Somerville/);
    await press(get('button', 'Next, Team Members'));
    await reads('9 to 16 of 24');
    await press(get('checkbox', /^Select Jane Marcet/));
    await reads('2 selected');
    await type(get('searchbox'), 'marcet');
    await reads('1 to 1 of 1');
    expect(ticked()).to.deep.equal(['Jane Marcet, jane@example.com']);
    await type(get('searchbox'), 'a');
    await reads(/1 to 8 of/);
    get('checkbox', /^Select Mary Somerville/).focus();
    const session = stage.backend.connect('charles@example.com');
    const { items } = await session.adapter.call('team.list', { search: 'luigi' });
    await session.adapter.call('team.revoke', { id: items[0]?.id ?? '' }, { idempotencyKey: 'k1' });
    await until(() => !shown().includes('luigi.menabrea'), 'the row to go');
    await focusOn('checkbox', 'Select Mary Somerville, mary@example.com');
    await reads('2 selected');
  });

  it('are sent their invitations again: one mail each, and what became of each', async () => {
    const stage = await mount(WIDGET);
    await select(/luigi\.menabrea/, /george\.peacock/);
    await press(get('button', 'Resend (2)'));
    await press(get('button', 'Send 2 again', await find('alertdialog')));
    const dialog = await find('dialog', 'Results');
    await reads('2 invitations sent again', dialog);
    await eventually(() => { expect(said()).to.include('2 invitations sent again'); });
    expect(stage.mails().map(({ to }) => to)).to.have.members(['luigi.menabrea@example.com', 'george.peacock@example.com']);
    await press(get('button', 'Done'));
    await gone('dialog');
    await focusOn('button', 'Select');
  });

  it('get another role, members and invited ones alike', async () => {
    const stage = await mount(WIDGET);
    await select(/luigi\.menabrea/, /^Select Mary Somerville/);
    await press(get('button', 'Change role (2)'));
    const question = await find('alertdialog', 'Change the role of 2 people?');
    await focusOn('radio', 'Member');
    await keys('ArrowDown');
    await press(get('button', 'Change 2 roles', question));
    await reads('2 have the new role');
    expect([...(await team(stage, 'menabrea')), ...(await team(stage, 'somerville'))]).to.deep.equal(['luigi.menabrea@example.com admin pending', 'mary@example.com admin accepted']);
  });

  it('are removed, with the reason at the one that could not be; that one is tried again', async () => {
    const stage = await mount(WIDGET);
    await select(/^Select Mary Somerville/, /^Select Augustus De Morgan/, /^Select Sophia Frend/);
    stage.backend.faults.fail('team.remove', 'conflict', { times: 1 });
    await press(get('button', 'Remove (3)'));
    await press(get('button', 'Remove 3 members', await find('alertdialog')));
    await reads('1 failed');
    await reads('2 members removed');
    await reads(/mary@example\.com Mary Somerville Failed\. This was changed at the same moment/);
    await press(get('button', 'Retry the failed ones'));
    await reads('3 members removed');
    expect(await team(stage, 'somerville')).to.deep.equal([]);
    await press(get('button', 'Done'));
    await focusOn('button', 'Select');
    await reads('21 people');
  });

  it('is stopped before the next one; those that are left stay picked', async () => {
    const stage = await mount(WIDGET);
    await select(/^Select Mary Somerville/, /^Select Augustus De Morgan/);
    stage.backend.faults.hang('team.remove');
    await press(get('button', 'Remove (2)'));
    expect(asksBeforeLeaving()).to.be.false;
    await press(get('button', 'Remove 2 members', await find('alertdialog')));
    await find('dialog', 'Removing members');
    await focusOn('button', 'Stop');
    expect(asksBeforeLeaving(), 'the page asks before it goes').to.be.true;
    await keys('Escape');
    await reads('Stopping when what is under way is done.');
    await eventually(() => { expect(said()).to.include('Stopping when what is under way is done.'); });
    stage.backend.faults.clear();
    await reads('1 not tried');
    expect(asksBeforeLeaving()).to.be.false;
    await reads('1 member removed');
    expect([...everything()].some((element) => element instanceof HTMLProgressElement)).to.be.false;
    await press(get('button', 'Done'));
    await gone('dialog');
    await reads('1 selected');
    expect(ticked()).to.deep.equal(['Augustus De Morgan, augustus@example.com']);
    await until(() => focused() !== document.body, 'the focus somewhere');
  });

  it('can be all whom a search finds, on all pages; not of a list of thousands', async () => {
    await mount(WIDGET);
    await select();
    await press(get('button', 'Select all 24'));
    await reads('23 selected');
    await eventually(() => { expect(said()).to.include('23 selected'); });
    (await find('button', 'Stop selecting')).click();
    const many = await mount(WIDGET, { world: largeTeamWorld(3000) });
    many.root.previousElementSibling?.remove();
    await press(await find('button', 'Select'));
    await reads('0 selected');
    expect(all('button', /^Select all/).map(nameOf)).to.be.empty;
    await reads('To select people on all pages at once, search or filter until 1,000 or fewer are left.');
  });

  it('are picked from one to another with Shift, by mouse and by keyboard', async () => {
    await mount(WIDGET);
    await select();
    const boxes = all('checkbox', /^Select .*@/);
    const [, second, , , fifth] = boxes;
    if (!second || !fifth) throw new Error('There are not enough people.');
    second.click();
    await shiftClick(fifth);
    await reads('4 selected');
    await eventually(() => { expect(said()).to.include('4 selected'); });
    expect(ticked()).to.deep.equal(boxes.slice(1, 5).map((box) => nameOf(box).replace(/^Select /, '')));
    boxes[2]?.focus();
    await keys('Space');
    await reads('3 selected');
    boxes[4]?.focus();
    await shiftSpace();
    await reads('1 selected');
    // The room round a box is the box to whoever presses it.
    second.click();
    second.click();
    await shiftClick(fifth.closest('label') ?? fifth, 0.1);
    await reads('4 selected');
  });

  it('never are an owner or oneself, whatever one may do to these in their rows', async () => {
    const stage = await mount(WIDGET, { world: busyTeamWorld() });
    await select();
    await press(await find('button', /^Select all/));
    await until(() => /\d+ selected/.test(said()), 'all to be selected');
    const { items } = await stage.backend.connect().adapter.call('team.list', { limit: 100 });
    const owners = items.filter(({ role }) => role === 'owner');
    expect(owners.filter(({ can }) => can.changeRole), 'whom one may change in their row').not.to.be.empty;
    expect(get('button', `Change role (${String(items.filter(({ can, role }) => can.changeRole && role !== 'owner').length)})`)).to.exist;
    await reads('Owners and you yourself cannot be selected: they are changed one by one.');
    expect(all('img', 'Cannot be selected: owners are changed one by one')).not.to.be.empty;
    stage.root.previousElementSibling?.remove();
    await mount(WIDGET, { world: adminWorld() });
    await select();
    expect(all('img', /^Cannot be selected/).map(nameOf)).to.include.members(['Cannot be selected: this is you', 'Cannot be selected: owners are changed one by one']);
  });

  it('who changed meanwhile is named with the reason, and gets the role when one tries again; who has it is left alone, who is gone is said to be', async () => {
    const stage = await mount(WIDGET);
    const { adapter } = stage.backend.connect('charles@example.com');
    await select(/^Select Mary Somerville/, /^Select Augustus De Morgan/, /^Select Sophia Frend/, /luigi\.menabrea/);
    await press(get('button', 'Change role (4)'));
    await find('alertdialog', 'Change the role of 4 people?');
    const idOf = async (search: string): Promise<string> => (await adapter.call('team.list', { search })).items[0]?.id ?? '';
    await adapter.call('team.changeRole', { id: await idOf('mary@'), role: 'admin' }, { idempotencyKey: 'k1' });
    await adapter.call('team.remove', { id: await idOf('augustus@') }, { idempotencyKey: 'k2' });
    const mailsBefore = stage.mails().length;
    await press(get('button', 'Change 4 roles'));
    await reads('1 failed');
    await reads(/mary@example\.com Mary Somerville Failed\./);
    await reads('1 is not in the list any more');
    await reads(/luigi\.menabrea@example\.com Had this role already/);
    await focusOn('list', 'Results');
    await press(get('button', 'Retry the failed ones'));
    await until(() => !shown().includes('1 failed'), 'none to fail');
    expect(await team(stage, 'somerville')).to.deep.equal(['mary@example.com member accepted']);
    expect(stage.mails().slice(mailsBefore).map(({ to }) => to)).not.to.include('luigi.menabrea@example.com');
    await press(get('button', 'Done'));
    await gone('dialog');
    await focusOn('button', 'Select');
  });

  it('are not lost when the network goes in the middle: what was done is told, and one goes on with the rest', async () => {
    const stage = await mount(WIDGET);
    await select(/^Select Mary Somerville/, /^Select Augustus De Morgan/, /^Select Sophia Frend/);
    await press(get('button', 'Remove (3)'));
    stage.backend.faults.fail('team.remove', 'unavailable', { times: 1 });
    await press(get('button', 'Remove 3 members', await find('alertdialog')));
    await reads('2 not tried');
    await press(get('button', 'Go on with the other 3'));
    await reads('3 members removed');
    expect(await team(stage, 'somerville')).to.deep.equal([]);
  });

  it('is nothing for those who may change nobody', async () => {
    await mount(WIDGET, { world: memberWorld() });
    await rows();
    expect(all('button', 'Select').map(nameOf)).to.be.empty;
  });
});
