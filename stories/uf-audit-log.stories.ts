import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { demoWorld, longNamesWorld, memberWorld, rightToLeftWorld, type World } from '../src/adapters/memory/index.js';
import { choose, see, type } from './support/person.js';
import { ownFrame, stopTime, withWorld, type WorldOptions } from './support/worlds.js';

interface Args {
  'heading-level': number;
}

const auditLog = (args: Args): TemplateResult => html`<uf-audit-log heading-level=${args['heading-level']}></uf-audit-log>`;
const inWorld = (world: () => World, options?: WorldOptions): ((args: Args) => TemplateResult) => withWorld(world, auditLog, options);

/** An organisation in which nothing has happened but that its owner came. */
function quietWorld(): World {
  const world = demoWorld();
  for (const organisation of world.organisations) organisation.events = [];
  return world;
}

const meta: Meta<Args> = {
  title: 'Widgets/uf-audit-log',
  component: 'uf-audit-log',
  args: { 'heading-level': 2 },
  argTypes: { 'heading-level': { control: { type: 'number', min: 1, max: 6 } } },
  parameters: { controls: { include: ['heading-level'] } },
  render: inWorld(demoWorld),
  beforeEach: stopTime,
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'Reveal of API keys');
  },
};
export default meta;
type Story = StoryObj<Args>;

/** Who did what, when and from where; the newest first. */
export const Ready: Story = {};

/** After 9 seconds without an answer the widget says so. */
export const Loading: Story = {
  render: inWorld(demoWorld, { faults: (faults) => { faults.hang('audit.list'); } }),
  parameters: ownFrame(760),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'Audit log');
  },
};

export const Failed: Story = {
  render: inWorld(demoWorld, { faults: (faults) => { faults.fail('audit.list', 'unavailable'); } }),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'Could not load the audit log');
  },
};

/** A member is told who can read it. */
export const MembersView: Story = {
  render: inWorld(memberWorld),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'Only owners and admins');
  },
};

/** Only the sign-in of a moment ago. */
export const Quiet: Story = {
  render: inWorld(quietWorld),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'Sign-in');
  },
};

export const Filtered: Story = {
  parameters: ownFrame(760),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'Reveal of API keys');
    await choose(canvasElement, 'Action', 'apiKeys.reveal');
    await see(canvasElement, 'and 2 more');
  },
};

export const NoMatch: Story = {
  parameters: ownFrame(760),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'Reveal of API keys');
    await type(canvasElement, 'Person', 'nobody at all');
    await see(canvasElement, 'No events match');
  },
};

export const LongNames: Story = { render: inWorld(longNamesWorld) };

export const RightToLeftNames: Story = { render: inWorld(rightToLeftWorld) };
