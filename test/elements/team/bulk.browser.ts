import { expect } from 'chai';
import { largeTeamWorld, memberWorld } from '../../../src/adapters/memory/index.js';
import { keys, press, type } from '../../support/keys.js';
import { doubledNames, mount, type Stage } from '../../support/mount.js';
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
    expect(ticked()).to.deep.equal(['Mary Somerville, mary@example.com']);
    await reads('1 selected');
    expect(doubledNames()).to.deep.equal([]);
    await press(get('checkbox', 'Select this page'));
    await reads('7 selected');
    await press(get('button', 'Stop selecting'));
    await focusOn('button', 'Select');
    expect(all('checkbox')).to.be.empty;
  });

  it('may be invited ones and members together: each action says for how many of them it is', async () => {
    await mount(WIDGET);
    await select(/luigi\.menabrea/, /george\.peacock/, /^Select Mary Somerville/);
    expect(get('button', 'Resend (2)')).to.exist;
    expect(get('button', 'Revoke (2)')).to.exist;
    expect(get('button', 'Remove (1)')).to.exist;
    await press(get('button', 'Remove (1)'));
    const dialog = await find('alertdialog', 'Remove 1 member?');
    expect(shown(dialog)).to.include('2 of those selected are left as they are');
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
    const dialog = await find('dialog', 'Send 2 invitations again?');
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
    await press(get('button', 'Remove 2 members', await find('alertdialog')));
    await focusOn('button', 'Stop');
    await keys('Escape');
    await reads('Stopping when what is under way is done.');
    stage.backend.faults.clear();
    await reads('1 not tried');
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
    expect(all('button', /^Select all/)).to.be.empty;
  });

  it('is nothing for those who may change nobody', async () => {
    await mount(WIDGET, { world: memberWorld() });
    await rows();
    expect(all('button', 'Select')).to.be.empty;
  });
});
