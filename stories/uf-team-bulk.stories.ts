import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { SettingsError } from '../src/contract/index.js';
import { adminWorld, demoWorld, largeTeamWorld, longNamesWorld, rightToLeftWorld, type World } from '../src/adapters/memory/index.js';
import { find, press, see } from './support/person.js';
import { backendOf, ownFrame, stopTime, withWorld, type WorldOptions } from './support/worlds.js';

const team = (): TemplateResult => html`<uf-team></uf-team>`;
const inWorld = (world: () => World, options?: WorldOptions): ((args: unknown) => TemplateResult) => withWorld(world, team, options);

/** Several rows of the team at once: selected, asked about, done one after the other, and what became of each. */
const meta: Meta = {
  title: 'Widgets/uf-team several at once',
  component: 'uf-team',
  parameters: { ...ownFrame(900), controls: { disable: true } },
  render: inWorld(demoWorld),
  beforeEach: stopTime,
};
export default meta;
type Story = StoryObj;

async function select(canvas: HTMLElement, ...boxes: readonly string[]): Promise<void> {
  await see(canvas, '1 to ');
  await press(canvas, 'button', 'Select');
  await see(canvas, '0 selected');
  for (const box of boxes) await press(canvas, 'checkbox', box);
  await see(canvas, `${String(boxes.length)} selected`);
}

const MARY = 'Select Mary Somerville, mary@example.com';
const CHARLES = 'Select Charles Babbage, charles@example.com';
const SOPHIA = 'Select Sophia Frend, sophia@example.com';
const LUIGI = 'Select luigi.menabrea@example.com';

/** Nobody yet: who cannot be selected has a lock in the place of a box. */
export const Nobody: Story = {
  play: ({ canvasElement }) => select(canvasElement),
};

/** Members and invitations: each action says for how many it is. */
export const Some: Story = {
  play: ({ canvasElement }) => select(canvasElement, MARY, CHARLES, LUIGI),
};

export const ThisPage: Story = {
  play: async ({ canvasElement }) => {
    await select(canvasElement);
    await press(canvasElement, 'checkbox', 'Select this page');
    await see(canvasElement, '7 selected');
  },
};

/** Thousands are not picked with one press. */
export const TooMany: Story = {
  render: inWorld(() => largeTeamWorld(3000)),
  play: ({ canvasElement }) => select(canvasElement),
};

export const AdminsView: Story = {
  render: inWorld(adminWorld),
  play: ({ canvasElement }) => select(canvasElement),
};

async function ask(canvas: HTMLElement, action: string, question: string): Promise<HTMLElement> {
  await select(canvas, MARY, CHARLES, SOPHIA, LUIGI);
  await press(canvas, 'button', action);
  return find(canvas, 'alertdialog', question);
}

export const Remove: Story = {
  play: async ({ canvasElement }) => {
    await ask(canvasElement, 'Remove (3)', 'Remove 3 members?');
  },
};

export const ChangeRole: Story = {
  play: async ({ canvasElement }) => {
    await ask(canvasElement, 'Change role (4)', 'Change the role of 4 people?');
  },
};

export const Revoke: Story = {
  play: async ({ canvasElement }) => {
    await ask(canvasElement, 'Revoke (1)', 'Revoke 1 invitation?');
  },
};

async function remove(canvas: HTMLElement): Promise<void> {
  await press(await ask(canvas, 'Remove (3)', 'Remove 3 members?'), 'button', 'Remove 3 members');
}

export const Running: Story = {
  render: inWorld(demoWorld, { faults: (faults) => { faults.hang('team.remove'); } }),
  play: async ({ canvasElement }) => {
    await remove(canvasElement);
    await see(canvasElement, '0 of 3');
  },
};

/** What is under way is not torn off. */
export const Stopping: Story = {
  render: inWorld(demoWorld, { faults: (faults) => { faults.hang('team.remove'); } }),
  play: async ({ canvasElement }) => {
    await remove(canvasElement);
    await press(await find(canvasElement, 'dialog', 'Removing members'), 'button', 'Stop');
    await see(canvasElement, 'Stopping when');
  },
};

/** The backend asks for a pause. */
export const Waiting: Story = {
  render: inWorld(demoWorld, { faults: (faults) => { faults.fail('team.remove', () => { throw new SettingsError('rate-limited', 'no', { retryAfter: 90 }); }); } }),
  play: async ({ canvasElement }) => {
    await remove(canvasElement);
    await see(canvasElement, 'The server takes no more');
  },
};

/** One failed, with the reason; the others are done. */
export const PartOfIt: Story = {
  render: inWorld(demoWorld, { faults: (faults) => { faults.fail('team.remove', 'conflict', { times: 1 }); } }),
  play: async ({ canvasElement }) => {
    await remove(canvasElement);
    await see(canvasElement, '1 failed');
  },
};

/** The server went away: who was not tried is told apart from who failed. */
export const BrokenOff: Story = {
  render: inWorld(demoWorld, { faults: (faults) => { faults.fail('team.remove', 'unavailable'); } }),
  play: async ({ canvasElement }) => {
    await remove(canvasElement);
    await see(canvasElement, '2 not tried');
  },
};

/** Somebody else was there at the same time: one had the role already, one was changed, one is gone. */
export const ChangedMeanwhile: Story = {
  play: async ({ canvasElement }) => {
    const dialog = await ask(canvasElement, 'Change role (4)', 'Change the role of 4 people?');
    const { adapter } = backendOf(canvasElement).connect();
    const idOf = async (search: string): Promise<string> => (await adapter.call('team.list', { search })).items[0]?.id ?? '';
    await adapter.call('team.changeRole', { id: await idOf('charles@'), role: 'member' });
    await adapter.call('team.remove', { id: await idOf('sophia@') });
    await press(dialog, 'button', 'Change 4 roles');
    await see(canvasElement, '1 failed');
  },
};

export const AllDone: Story = {
  play: async ({ canvasElement }) => {
    await remove(canvasElement);
    await see(canvasElement, '3 members removed');
  },
};

export const LongNames: Story = {
  render: inWorld(longNamesWorld),
  play: async ({ canvasElement }) => {
    await select(canvasElement);
    await press(canvasElement, 'checkbox', 'Select this page');
    const action = [...(canvasElement.querySelector('uf-team')?.shadowRoot?.querySelectorAll('button') ?? [])].find(({ id }) => id === 'team-bulk-changeRole');
    action?.click();
    await see(canvasElement, 'Members have the new role at once');
  },
};

export const RightToLeft: Story = {
  render: inWorld(rightToLeftWorld),
  play: async ({ canvasElement }) => {
    await select(canvasElement);
    await press(canvasElement, 'checkbox', 'Select this page');
    await see(canvasElement, 'Remove (');
  },
};
