import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, nothing, type TemplateResult } from 'lit';
import { adminWorld, demoWorld, emptyTeamWorld, longNamesWorld, memberWorld, mfaOnWorld, rightToLeftWorld, type World } from '../src/adapters/memory/index.js';
import './support/host-theme.css';
import { comeBack, find, goOffline, press, see, type } from './support/person.js';
import { ownFrame, stopTime, withWorld, type WorldOptions } from './support/worlds.js';

interface Args {
  tab: string;
  sections: string;
  'heading-level': number;
  'deep-link': string;
}

const settings = (args: Args): TemplateResult => html`<uf-settings
  tab=${args.tab}
  sections=${args.sections || nothing}
  heading-level=${args['heading-level']}
  deep-link=${args['deep-link'] || nothing}
></uf-settings>`;
const inWorld = (world: () => World, options?: WorldOptions): ((args: Args) => TemplateResult) => withWorld(world, settings, options);

/** Everything behind four tabs. `sections` chooses and orders them: account, company, team, api-keys. */
const meta: Meta<Args> = {
  title: 'Widgets/uf-settings',
  component: 'uf-settings',
  args: { tab: 'account', sections: '', 'heading-level': 2, 'deep-link': '' },
  argTypes: {
    tab: { control: 'select', options: ['account', 'company', 'team', 'api-keys'] },
    sections: { control: 'text' },
    'heading-level': { control: { type: 'number', min: 1, max: 5 } },
    'deep-link': { control: 'select', options: ['', 'hash'] },
  },
  parameters: { controls: { include: ['tab', 'sections', 'heading-level', 'deep-link'] } },
  render: inWorld(mfaOnWorld),
  beforeEach: stopTime,
};
export default meta;
type Story = StoryObj<Args>;

export const YourAccount: Story = {
  play: async ({ canvasElement }) => {
    await find(canvasElement, 'textbox', 'Your name');
  },
};

export const CompanyDetails: Story = {
  args: { tab: 'company' },
  play: async ({ canvasElement }) => {
    await find(canvasElement, 'textbox', 'Organisation name');
  },
};

export const TeamMembers: Story = {
  args: { tab: 'team' },
  play: async ({ canvasElement }) => {
    await see(canvasElement, '1 to 8 of 24');
  },
};

export const ApiKeys: Story = {
  args: { tab: 'api-keys' },
  play: async ({ canvasElement }) => {
    await see(canvasElement, '2 minutes ago');
  },
};

/** As wide as the place is: by a tab, or by the list behind the narrow form's button. */
const open = async (canvas: HTMLElement, from: string, to: string): Promise<void> => {
  const narrow = canvas.clientWidth < 512;
  if (narrow) await press(canvas, 'button', from);
  await press(canvas, narrow ? 'link' : 'tab', to);
};

/** Opened with a press, as a person would. */
export const TabOpened: Story = {
  parameters: ownFrame(700),
  play: async ({ canvasElement }) => {
    await open(canvasElement, 'Your Account', 'Company Details');
    await find(canvasElement, 'textbox', 'Organisation name');
  },
};

/** After 9 seconds without an answer the widget says so. */
export const Loading: Story = {
  render: inWorld(demoWorld, { faults: (faults) => { faults.hang('*'); } }),
  parameters: ownFrame(900),
};

export const Failed: Story = {
  render: inWorld(demoWorld, { faults: (faults) => { faults.fail('*', 'unavailable'); } }),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'Could not load your account');
  },
};

/** One tab failed; the others work. */
export const OneTabFailed: Story = {
  args: { tab: 'company' },
  render: inWorld(demoWorld, { faults: (faults) => { faults.fail('company.get', 'unavailable'); } }),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'Could not load company details');
  },
};

export const Offline: Story = {
  parameters: ownFrame(900),
  beforeEach: comeBack,
  play: async ({ canvasElement }) => {
    await find(canvasElement, 'textbox', 'Your name');
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

/** The page's own way to sign in takes the place of ours. */
export const SignedOutWithWordsOfThePage: Story = {
  render: withWorld(demoWorld, () => html`<uf-settings><p slot="signed-out">Your session has ended. <a href="#sign-in">Sign in again</a></p></uf-settings>`, { as: null }),
  play: async ({ canvasElement }) => {
    await find(canvasElement, 'link', 'Sign in again');
  },
};

/** A tab that this person may not open is absent. */
export const MembersView: Story = {
  args: { tab: 'company' },
  render: inWorld(memberWorld),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'United Kingdom');
  },
};

export const AdminsView: Story = {
  args: { tab: 'api-keys' },
  render: inWorld(adminWorld),
  play: async ({ canvasElement }) => {
    await see(canvasElement, '2 minutes ago');
  },
};

export const OnlyYou: Story = {
  args: { tab: 'team' },
  render: inWorld(emptyTeamWorld),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'Only you so far');
  },
};

/** Two tabs, in the page's order. */
export const ChosenTabs: Story = { ...TeamMembers, args: { tab: 'team', sections: 'team account' } };

/** In a narrow place the tabs become a button with a list of links. */
export const NarrowTabs: Story = {
  ...CompanyDetails,
  globals: { width: 'phone' },
};

export const NarrowTabsOpen: Story = {
  args: { tab: 'company' },
  globals: { width: 'phone' },
  parameters: ownFrame(700),
  play: async ({ canvasElement }) => {
    await find(canvasElement, 'textbox', 'Organisation name');
    await press(canvasElement, 'button', 'Company Details');
    await find(canvasElement, 'link', 'Team Members');
  },
};

/** What was typed is there when one comes back to a tab. */
export const TypedAndAway: Story = {
  parameters: ownFrame(900),
  play: async ({ canvasElement }) => {
    await type(canvasElement, 'Your name', 'Augusta Ada King');
    await open(canvasElement, 'Your Account', 'Company Details');
    await find(canvasElement, 'textbox', 'Organisation name');
    await open(canvasElement, 'Company Details', 'Your Account');
    await see(canvasElement, 'Unsaved changes');
  },
};

/** A host that sets the seeds: accent, text, surface, and the radius. */
export const ThemeOfTheHost: Story = {
  ...TeamMembers,
  render: withWorld(mfaOnWorld, (args: Args) => html`<div class="host-theme">${settings(args)}</div>`),
};

/** The page's own content above and below. */
export const SlotsOfThePage: Story = {
  ...CompanyDetails,
  render: withWorld(demoWorld, (args: Args) => html`<uf-settings tab=${args.tab}>
    <p slot="before">Settings of your organisation apply to everybody in it.</p>
    <p slot="after"><a href="#help">Help with these settings</a></p>
  </uf-settings>`),
};

export const LongNames: Story = { ...TeamMembers, render: inWorld(longNamesWorld) };

export const RightToLeftNames: Story = { ...TeamMembers, render: inWorld(rightToLeftWorld) };
