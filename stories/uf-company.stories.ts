import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { adminWorld, demoWorld, longNamesWorld, memberWorld, rightToLeftWorld, type World } from '../src/adapters/memory/index.js';
import { SettingsClient } from '../src/client/index.js';
import { comeBack, find, goOffline, press, see, type } from './support/person.js';
import { backendOf, ownFrame, stopTime, withWorld, type WorldOptions } from './support/worlds.js';

interface Args {
  'heading-level': number;
}

const company = (args: Args): TemplateResult => html`<uf-company heading-level=${args['heading-level']}></uf-company>`;
const inWorld = (world: () => World, options?: WorldOptions): ((args: Args) => TemplateResult) => withWorld(world, company, options);

const meta: Meta<Args> = {
  title: 'Widgets/uf-company',
  component: 'uf-company',
  args: { 'heading-level': 2 },
  argTypes: { 'heading-level': { control: { type: 'number', min: 1, max: 6 } } },
  parameters: { controls: { include: ['heading-level'] } },
  render: inWorld(demoWorld),
  beforeEach: stopTime,
  play: async ({ canvasElement }) => {
    await find(canvasElement, 'textbox', 'Organisation name');
  },
};
export default meta;
type Story = StoryObj<Args>;

export const Ready: Story = {};

/** After 9 seconds without an answer the widget says so. */
export const Loading: Story = {
  render: inWorld(demoWorld, { faults: (faults) => { faults.hang('company.get'); } }),
  parameters: ownFrame(420),
  play: () => undefined,
};

/** Retry stands beside the reason; other sections of the page are not concerned. */
export const Failed: Story = {
  render: inWorld(demoWorld, { faults: (faults) => { faults.fail('company.get', 'unavailable'); } }),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'Could not load company details');
  },
};

/** What was typed stays, and saving says that nothing was sent. */
export const Offline: Story = {
  parameters: ownFrame(480),
  beforeEach: comeBack,
  play: async ({ canvasElement }) => {
    await type(canvasElement, 'Organisation name', 'Difference Engines Ltd');
    goOffline();
    await press(canvasElement, 'button', 'Save details');
    await see(canvasElement, 'Nothing was sent.');
  },
};

export const SignedOut: Story = {
  render: inWorld(demoWorld, { as: null }),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'You’re signed out');
  },
};

/** A member may look; the card says why that is all. */
export const MembersView: Story = {
  render: inWorld(memberWorld),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'United Kingdom');
  },
};

export const AdminsView: Story = { render: inWorld(adminWorld) };

export const Unsaved: Story = {
  parameters: ownFrame(420),
  play: async ({ canvasElement }) => {
    await type(canvasElement, 'Organisation name', 'Difference Engines Ltd');
    await see(canvasElement, 'Unsaved changes');
  },
};

/** While it is being sent the button keeps its place and its words. */
export const Saving: Story = {
  parameters: ownFrame(420),
  render: inWorld(demoWorld, { faults: (faults) => { faults.hang('company.update'); } }),
  play: async ({ canvasElement }) => {
    await type(canvasElement, 'Organisation name', 'Difference Engines Ltd');
    await press(canvasElement, 'button', 'Save details');
  },
};

/** Said beside the button, until the next edit, and in the top corner. */
export const Saved: Story = {
  parameters: ownFrame(420),
  play: async ({ canvasElement }) => {
    await type(canvasElement, 'Organisation name', 'Difference Engines Ltd');
    await press(canvasElement, 'button', 'Save details');
    await see(canvasElement, 'Saved');
  },
};

export const NothingToSave: Story = {
  parameters: ownFrame(420),
  play: async ({ canvasElement }) => {
    await find(canvasElement, 'textbox', 'Organisation name');
    await press(canvasElement, 'button', 'Save details');
    await see(canvasElement, 'No changes to save');
  },
};

export const NameMissing: Story = {
  parameters: ownFrame(440),
  play: async ({ canvasElement }) => {
    await type(canvasElement, 'Organisation name', ' ');
    await press(canvasElement, 'button', 'Save details');
    await see(canvasElement, 'Enter the name of your organisation.');
  },
};

export const SaveFailed: Story = {
  parameters: ownFrame(420),
  render: inWorld(demoWorld, { faults: (faults) => { faults.fail('company.update', 'unavailable'); } }),
  play: async ({ canvasElement }) => {
    await type(canvasElement, 'Organisation name', 'Difference Engines Ltd');
    await press(canvasElement, 'button', 'Save details');
    await see(canvasElement, 'The server did not answer');
  },
};

/** Charles saved first: both values, and which one shall stand. */
export const Conflict: Story = {
  parameters: ownFrame(620),
  play: async ({ canvasElement }) => {
    await type(canvasElement, 'Organisation name', 'Difference Engines Ltd');
    const charles = SettingsClient.of(backendOf(canvasElement).connect('charles@example.com').adapter);
    const { version } = await charles.read('company.get', undefined);
    await charles.run('company.update', { name: 'Babbage & Lovelace Ltd', country: 'FR' }, { ifMatch: version });
    await press(canvasElement, 'button', 'Save details');
    await find(canvasElement, 'button', 'Keep mine');
  },
};

export const LongNames: Story = { render: inWorld(longNamesWorld) };

export const LongNamesMembersView: Story = {
  render: inWorld(longNamesWorld, { as: 'mary@example.com' }),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'United Kingdom');
  },
};

export const RightToLeftNames: Story = { render: inWorld(rightToLeftWorld) };

/** What an only owner sees: why they cannot simply leave stands there before any click. */
export const Membership: Story = {
  play: async ({ canvasElement }) => {
    await find(canvasElement, 'button', 'Transfer ownership');
  },
};

export const MembershipOfAMember: Story = {
  render: inWorld(memberWorld),
  play: async ({ canvasElement }) => {
    await find(canvasElement, 'button', 'Leave organisation');
  },
};

export const Leaving: Story = {
  parameters: ownFrame(640),
  render: inWorld(memberWorld),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'Leave organisation');
    await find(canvasElement, 'alertdialog', 'Leave Analytical Engines Ltd?');
  },
};

/** Six to begin with; the search finds the others, however many there are. */
export const TransferringOwnership: Story = {
  parameters: ownFrame(860),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'Transfer ownership');
    const charles = await find(canvasElement, 'radio', 'Charles Babbage');
    charles.click();
  },
};

export const TransferringToNobody: Story = {
  parameters: ownFrame(860),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'Transfer ownership');
    await type(canvasElement, 'Search members', 'zzz');
    await see(canvasElement, 'No member matches');
  },
};

export const Deleting: Story = {
  parameters: ownFrame(640),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'Delete organisation');
    await type(canvasElement, 'Type the name of the organisation to confirm', 'Analytical');
    await press(await find(canvasElement, 'alertdialog', 'Delete Analytical Engines Ltd?'), 'button', 'Delete organisation');
    await see(canvasElement, 'This is not its name.');
  },
};

/** After leaving the last one. */
export const NoOrganisation: Story = {
  render: inWorld(memberWorld),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'Leave organisation');
    await press(await find(canvasElement, 'alertdialog', 'Leave Analytical Engines Ltd?'), 'button', 'Leave organisation');
    await see(canvasElement, 'You are in no organisation');
  },
};
