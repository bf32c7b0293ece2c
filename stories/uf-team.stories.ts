import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { adminWorld, busyTeamWorld, demoWorld, emptyTeamWorld, largeTeamWorld, longNamesWorld, memberWorld, mfaPolicyWorld, rightToLeftWorld, type World } from '../src/adapters/memory/index.js';
import { choose as select, comeBack, find, goOffline, press, refuseCopying, see, type } from './support/person.js';
import { backendOf, ownFrame, stopTime, withWorld, type WorldOptions } from './support/worlds.js';

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

/** Another owner, people with and without MFA, a mail that came back, an invitation that was declined. */
export const MuchHasHappened: Story = { render: inWorld(busyTeamWorld) };

/** What can be done to one row stands beside its button; in narrow places, in the row. */
export const MenuOfMember: Story = {
  parameters: ownFrame(860),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'More, charles@example.com');
    await see(canvasElement, 'Remove from team…');
  },
};

export const MenuOfInvitation: Story = {
  parameters: ownFrame(860),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'More, luigi.menabrea@example.com');
    await see(canvasElement, 'Copy link…');
  },
};

/** Why nothing can be done, where the rule of the last owner is the reason. */
export const MenuOfOnlyOwner: Story = {
  parameters: ownFrame(860),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'More, ada@example.com');
    await see(canvasElement, 'You are the only owner.');
  },
};

const choose = async (canvas: HTMLElement, item: string, who: string): Promise<void> => {
  await press(canvas, 'button', `More, ${who}`);
  await press(canvas, 'button', `${item}, ${who}`);
};

export const ChangeRole: Story = {
  parameters: ownFrame(720),
  play: async ({ canvasElement }) => {
    await choose(canvasElement, 'Change role…', 'charles@example.com');
    await see(canvasElement, 'It applies at once');
  },
};

/** Another role is another link. */
export const ChangeRoleOfInvitation: Story = {
  parameters: ownFrame(720),
  play: async ({ canvasElement }) => {
    await choose(canvasElement, 'Change role…', 'luigi.menabrea@example.com');
    await see(canvasElement, 'sent again with a new link');
  },
};

export const ChangeRoleChangedMeanwhile: Story = {
  parameters: ownFrame(760),
  play: async ({ canvasElement }) => {
    await choose(canvasElement, 'Change role…', 'charles@example.com');
    await see(canvasElement, 'It applies at once');
    const { adapter } = backendOf(canvasElement).connect();
    const { items } = await adapter.call('team.list', { search: 'charles@' });
    await adapter.call('team.changeRole', { id: items[0]?.id ?? '', role: 'member' });
    await press(canvasElement, 'radio', 'Member');
    await press(canvasElement, 'button', 'Change role');
    await see(canvasElement, 'changed meanwhile');
  },
};

export const RemoveMember: Story = {
  parameters: ownFrame(640),
  play: async ({ canvasElement }) => {
    await choose(canvasElement, 'Remove from team…', 'charles@example.com');
    await find(canvasElement, 'alertdialog', 'Remove Charles Babbage from Analytical Engines Ltd?');
  },
};

export const Revoke: Story = {
  parameters: ownFrame(640),
  play: async ({ canvasElement }) => {
    await choose(canvasElement, 'Revoke…', 'luigi.menabrea@example.com');
    await find(canvasElement, 'alertdialog', 'Revoke the invitation of luigi.menabrea@example.com?');
  },
};

export const CopyLink: Story = {
  parameters: ownFrame(640),
  play: async ({ canvasElement }) => {
    await choose(canvasElement, 'Copy link…', 'luigi.menabrea@example.com');
    await see(canvasElement, 'This makes a new link');
  },
};

/** Where the browser refuses to copy, the link shows, selected. */
export const CopyLinkByHand: Story = {
  parameters: ownFrame(720),
  render: inWorld(demoWorld, { faults: (faults) => { faults.answer('team.link', { url: 'https://app.example.com/#invitation=exampleTokenThatOpensNothing00' }); } }),
  beforeEach: refuseCopying,
  play: async ({ canvasElement }) => {
    await choose(canvasElement, 'Copy link…', 'luigi.menabrea@example.com');
    await press(canvasElement, 'button', 'Make and copy link');
    await see(canvasElement, 'The browser did not allow copying');
  },
};

/** Which people the list shows; the backend does the looking. */
export const Filtered: Story = {
  parameters: ownFrame(760),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'Filter');
    await select(canvasElement, 'Role', 'admin');
    await see(canvasElement, '1 to 2 of 2');
  },
};

export const FilteredWithoutMatch: Story = {
  parameters: ownFrame(640),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'Filter');
    await select(canvasElement, 'Role', 'owner');
    await see(canvasElement, '1 to 1 of 1');
    await select(canvasElement, 'Status', 'expired');
    await see(canvasElement, 'Try fewer filters');
  },
};

/** All pages, one after another; it can be cancelled. */
export const Export: Story = {
  parameters: ownFrame(640),
  play: async ({ canvasElement }) => {
    await see(canvasElement, '1 to ');
    backendOf(canvasElement).faults.hang('team.list');
    await press(canvasElement, 'button', 'Export');
    await see(canvasElement, 'Everybody whom the search');
  },
};

export const ExportFailed: Story = {
  parameters: ownFrame(640),
  play: async ({ canvasElement }) => {
    await see(canvasElement, '1 to ');
    backendOf(canvasElement).faults.fail('team.list', 'unavailable');
    await press(canvasElement, 'button', 'Export');
    await see(canvasElement, 'The server did not answer');
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
/** The organisation requires MFA: who has none stands out, and the filter finds them. */
export const MfaMissing: Story = { render: inWorld(() => mfaPolicyWorld(-3 * 86_400)) };

export const MfaMissingFiltered: Story = {
  parameters: ownFrame(900),
  render: inWorld(() => mfaPolicyWorld(19 * 86_400)),
  play: async ({ canvasElement }) => {
    await see(canvasElement, '1 to ');
    await press(canvasElement, 'button', 'Filter');
    await select(canvasElement, 'MFA', 'off');
    await see(canvasElement, '1 to 8 of 20');
  },
};

export const TenThousandMembers: Story = { render: inWorld(() => largeTeamWorld(10_000)), parameters: ownFrame(1000) };

export const LongNames: Story = { render: inWorld(longNamesWorld) };

export const RightToLeftNames: Story = { render: inWorld(rightToLeftWorld) };
