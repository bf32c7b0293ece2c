import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { adminWorld, demoWorld, emptyTeamWorld, largeTeamWorld, longNamesWorld, memberWorld, rightToLeftWorld, type World } from '../src/adapters/memory/index.js';
import { comeBack, find, goOffline, press, see, type } from './support/person.js';
import { ownFrame, stopTime, withWorld, type WorldOptions } from './support/worlds.js';

interface Args {
  'heading-level': number;
}

const team = (args: Args): TemplateResult => html`<uf-team heading-level=${args['heading-level']}></uf-team>`;
const inWorld = (world: () => World, options?: WorldOptions): ((args: Args) => TemplateResult) => withWorld(world, team, options);

const meta: Meta<Args> = {
  title: 'Widgets/uf-team',
  component: 'uf-team',
  args: { 'heading-level': 2 },
  argTypes: { 'heading-level': { control: { type: 'number', min: 1, max: 6 } } },
  parameters: { controls: { include: ['heading-level'] } },
  render: inWorld(demoWorld),
  beforeEach: stopTime,
  play: async ({ canvasElement }) => {
    await see(canvasElement, '1 to ');
  },
};
export default meta;
type Story = StoryObj<Args>;

/** People and invitations in one table; a page at a time. */
export const Ready: Story = {};

/** After 9 seconds without an answer the widget says so. */
export const Loading: Story = {
  render: inWorld(demoWorld, { faults: (faults) => { faults.hang('team.list'); } }),
  parameters: ownFrame(860),
  play: () => undefined,
};

export const OnlyYou: Story = {
  render: inWorld(emptyTeamWorld),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'Only you so far');
  },
};

export const Failed: Story = {
  render: inWorld(demoWorld, { faults: (faults) => { faults.fail('team.list', 'unavailable'); } }),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'Could not load team members');
  },
};

/** What was loaded stays readable. */
export const Offline: Story = {
  parameters: ownFrame(900),
  beforeEach: comeBack,
  play: async ({ canvasElement }) => {
    await see(canvasElement, '1 to ');
    goOffline();
    await see(canvasElement, 'You’re offline');
  },
};

export const SignedOut: Story = {
  render: inWorld(demoWorld, { as: null }),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'You’re signed out');
  },
};

/** A member may look; the section says why that is all. */
export const MembersView: Story = { render: inWorld(memberWorld) };

export const AdminsView: Story = { render: inWorld(adminWorld) };

export const SecondPage: Story = {
  parameters: ownFrame(900),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'Next');
    await see(canvasElement, '9 to 16 of 24');
  },
};

export const SortedByStatus: Story = {
  parameters: ownFrame(900),
  play: async ({ canvasElement }) => {
    await see(canvasElement, '1 to ');
    await press(canvasElement, 'button', 'Status');
    await see(canvasElement, 'luigi.menabrea');
  },
};

export const Search: Story = {
  parameters: ownFrame(520),
  play: async ({ canvasElement }) => {
    await type(canvasElement, 'Search by name or email', 'boole');
    await see(canvasElement, '1 to 2 of 2');
  },
};

export const SearchWithoutMatch: Story = {
  parameters: ownFrame(460),
  play: async ({ canvasElement }) => {
    await type(canvasElement, 'Search by name or email', 'Napoleon');
    await see(canvasElement, 'Nobody found');
  },
};

const invite = async (canvas: HTMLElement): Promise<HTMLElement> => {
  await press(canvas, 'button', 'New Invitation');
  return find(canvas, 'dialog', 'New Invitation');
};

export const NewInvitation: Story = {
  parameters: ownFrame(640),
  play: async ({ canvasElement }) => {
    await invite(canvasElement);
  },
};

export const NewInvitationMalformed: Story = {
  parameters: ownFrame(640),
  play: async ({ canvasElement }) => {
    const dialog = await invite(canvasElement);
    await type(dialog, 'Email address', 'luigi at example');
    await press(dialog, 'button', 'Send');
    await see(dialog, 'An address looks like');
  },
};

/** The dialog stays open with what was typed. */
export const NewInvitationAlreadyMember: Story = {
  parameters: ownFrame(640),
  play: async ({ canvasElement }) => {
    const dialog = await invite(canvasElement);
    await type(dialog, 'Email address', 'mary@example.com');
    await press(dialog, 'button', 'Send');
    await see(dialog, 'This person is in your team already.');
  },
};

export const NewInvitationAlreadyInvited: Story = {
  parameters: ownFrame(640),
  play: async ({ canvasElement }) => {
    const dialog = await invite(canvasElement);
    await type(dialog, 'Email address', 'luigi.menabrea@example.com');
    await press(dialog, 'button', 'Send');
    await see(dialog, 'open invitation already');
  },
};

export const NewInvitationFailed: Story = {
  parameters: ownFrame(640),
  render: inWorld(demoWorld, { faults: (faults) => { faults.fail('team.invite', 'unavailable'); } }),
  play: async ({ canvasElement }) => {
    const dialog = await invite(canvasElement);
    await type(dialog, 'Email address', 'federico@example.com');
    await press(dialog, 'button', 'Send');
    await see(dialog, 'The server did not answer');
  },
};

/** The new row has the focus; the message in the top corner says where the mail went. */
export const NewInvitationSent: Story = {
  parameters: ownFrame(900),
  play: async ({ canvasElement }) => {
    const dialog = await invite(canvasElement);
    await type(dialog, 'Email address', 'federico@example.com');
    await press(dialog, 'button', 'Send');
    await see(canvasElement, 'federico');
  },
};

export const Revoke: Story = {
  parameters: ownFrame(640),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'Revoke');
    await find(canvasElement, 'alertdialog', 'Revoke the invitation of luigi.menabrea@example.com?');
  },
};

/** What one row could not do stands in that row. */
export const ResendFailed: Story = {
  parameters: ownFrame(900),
  render: inWorld(demoWorld, { faults: (faults) => { faults.fail('team.resend', 'rate-limited'); } }),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'Resend');
    await see(canvasElement, 'Too many tries.');
  },
};

/** Paging, search and order are the backend's: 10,000 people weigh no more than 25. */
export const TenThousandMembers: Story = { render: inWorld(() => largeTeamWorld(10_000)), parameters: ownFrame(1000) };

export const LongNames: Story = { render: inWorld(longNamesWorld) };

export const RightToLeftNames: Story = { render: inWorld(rightToLeftWorld) };
