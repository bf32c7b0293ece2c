import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { longNamesWorld, mfaPolicyWorld, rightToLeftWorld, shutOutWorld, type World } from '../src/adapters/memory/index.js';
import { find, press, see } from './support/person.js';
import { ownFrame, sameKeyEachTime, stopTime, withWorld, type WorldOptions } from './support/worlds.js';

const DAY = 86_400;
const MARY = 'mary@example.com';
const SET_UP = 'Setup Multi-factor authentication';

const account = (): TemplateResult => html`<uf-account sections="profile"></uf-account>`;
const team = (): TemplateResult => html`<uf-team></uf-team>`;
const settings = (): TemplateResult => html`<uf-settings></uf-settings>`;

/** Of Mary, who has no second factor: required in 19 days, or since three. */
const toCome = (): World => mfaPolicyWorld(19 * DAY, MARY);
const begun = (): World => mfaPolicyWorld(-3 * DAY, MARY);
const withPolicy = (world: World, mfaRequiredIn: number): World => {
  for (const organisation of world.organisations.slice(0, 1)) organisation.mfaRequiredIn = mfaRequiredIn;
  return { ...world, signedInAs: MARY };
};

const faults: WorldOptions = { faults: sameKeyEachTime };

/** What a person without a second factor sees of an organisation that requires one: ahead of time, and once it has begun. */
const meta: Meta = {
  title: 'Widgets/Required MFA',
  component: 'uf-settings',
  parameters: { controls: { disable: true } },
  render: withWorld(toCome, account),
  beforeEach: stopTime,
  play: async ({ canvasElement }) => {
    await find(canvasElement, 'button', SET_UP);
  },
};
export default meta;
type Story = StoryObj;

/** Ahead of time: from when on, what it means, and the way to the set-up. */
export const Reminder: Story = {};

export const ReminderInTheTeam: Story = {
  render: withWorld(toCome, team),
  play: async ({ canvasElement }) => {
    await see(canvasElement, '1 to ');
    await find(canvasElement, 'button', SET_UP);
  },
};

export const ReminderInTheSettings: Story = { render: withWorld(toCome, settings) };

export const ReminderWithSetUp: Story = {
  parameters: ownFrame(900),
  render: withWorld(toCome, account, faults),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', SET_UP);
    await find(canvasElement, 'textbox', 'Enter your one-time code here');
  },
};

export const ReminderSetUpFailed: Story = {
  parameters: ownFrame(600),
  render: withWorld(toCome, account, { faults: (all) => { all.fail('mfa.begin', 'unavailable'); } }),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', SET_UP);
    await see(canvasElement, 'The server did not answer');
  },
};

/** It has begun: the set-up stands in the place of what is shut, and the way out. */
export const ShutOut: Story = {
  render: withWorld(begun, team),
  play: async ({ canvasElement }) => {
    await find(canvasElement, 'button', 'Leave organisation');
  },
};

/** The own account stays open, and nothing else. */
export const ShutOutOfTheSettings: Story = {
  render: withWorld(begun, settings),
  play: async ({ canvasElement }) => {
    await find(canvasElement, 'button', 'Leave organisation');
  },
};

/** Each widget says why there is nothing in it; one of them has the ways on. */
export const ShutOutOfSeveral: Story = {
  render: withWorld(begun, () => html`<uf-company></uf-company><br /><uf-team></uf-team>`),
  play: async ({ canvasElement }) => {
    await find(canvasElement, 'button', 'Leave organisation');
  },
};

const openPlaces = async (canvas: HTMLElement): Promise<void> => {
  await press(canvas, 'button', 'Your organisations');
  await see(canvas, 'Difference Works AB');
};

/** Who is in another organisation can go there. */
export const ShutOutWithAnother: Story = {
  parameters: ownFrame(640),
  render: withWorld(shutOutWorld, team),
  play: ({ canvasElement }) => openPlaces(canvasElement),
};

export const ShutOutOfTheSettingsWithAnother: Story = {
  parameters: ownFrame(900),
  render: withWorld(shutOutWorld, settings),
  play: ({ canvasElement }) => openPlaces(canvasElement),
};

export const ShutOutLeaving: Story = {
  parameters: ownFrame(640),
  render: withWorld(shutOutWorld, team),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'Leave organisation');
    await find(canvasElement, 'alertdialog', 'Leave Analytical Engines Ltd?');
  },
};

export const ShutOutSetUpFailed: Story = {
  parameters: ownFrame(600),
  render: withWorld(begun, team, { faults: (all) => { all.fail('mfa.begin', 'unavailable'); } }),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', SET_UP);
    await see(canvasElement, 'The server did not answer');
  },
};

export const ShutOutWithSetUp: Story = {
  parameters: ownFrame(900),
  render: withWorld(begun, team, faults),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', SET_UP);
    await find(canvasElement, 'textbox', 'Enter your one-time code here');
  },
};

export const ShutOutLongNames: Story = { render: withWorld(() => withPolicy(longNamesWorld(), -3 * DAY), team) };

export const ReminderRightToLeftNames: Story = { render: withWorld(() => withPolicy(rightToLeftWorld(), 19 * DAY), account) };
