import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { busyTeamWorld, demoWorld, longNamesWorld, memberWorld, mfaOnWorld, mfaPolicyWorld, rightToLeftWorld, type World } from '../src/adapters/memory/index.js';
import { SettingsClient } from '../src/client/index.js';
import { choose, find, press, see, type } from './support/person.js';
import { adasCode, backendOf, MOMENT, ownFrame, sameKeyEachTime, stopTime, withWorld, type WorldOptions } from './support/worlds.js';

const DAY = 86_400;
const POLICY = 'Require multi-factor authentication';

const security = (): TemplateResult => html`<uf-company sections="security"></uf-company>`;
const prove = async (canvas: HTMLElement): Promise<void> => {
  const dialog = await find(canvas, 'dialog', 'Complete MFA');
  await type(dialog, 'One-time code', await adasCode());
  await press(dialog, 'button', 'Verify');
};
const inWorld = (world: () => World, options?: WorldOptions): ((args: unknown) => TemplateResult) => withWorld(world, security, options);

/** From when on an organisation requires multi-factor authentication: who has none, what a choice does to them, and the proof that it takes. */
const meta: Meta = {
  title: 'Widgets/uf-company security',
  component: 'uf-company',
  parameters: { controls: { disable: true } },
  render: inWorld(mfaOnWorld),
  beforeEach: stopTime,
  play: async ({ canvasElement }) => {
    await find(canvasElement, 'combobox', POLICY);
    await see(canvasElement, 'no multi-factor authentication');
  },
};
export default meta;
type Story = StoryObj;

/** Of those who have none, three are named. */
export const NotRequired: Story = {};

export const RequiredFromADate: Story = { render: inWorld(() => mfaPolicyWorld(19 * DAY)) };

export const RequiredSince: Story = { render: inWorld(() => mfaPolicyWorld(-3 * DAY)) };

export const EverybodyHasIt: Story = {
  render: inWorld(() => {
    const world = mfaOnWorld();
    for (const organisation of world.organisations) organisation.members.splice(1);
    return world;
  }),
  play: async ({ canvasElement }) => {
    await find(canvasElement, 'combobox', POLICY);
    await see(canvasElement, 'Everybody has multi-factor authentication');
  },
};

/** What it does to people is said before it is saved. */
export const InAMonth: Story = {
  parameters: ownFrame(560),
  render: inWorld(busyTeamWorld),
  play: async ({ canvasElement }) => {
    await choose(canvasElement, POLICY, '30');
    await see(canvasElement, 'Whoever has none gets a mail now');
  },
};

export const FromNowOn: Story = {
  parameters: ownFrame(560),
  play: async ({ canvasElement }) => {
    await choose(canvasElement, POLICY, 'now');
    await see(canvasElement, 'is shut out at once');
  },
};

export const NotAnyMore: Story = {
  parameters: ownFrame(560),
  render: inWorld(() => mfaPolicyWorld(-3 * DAY)),
  play: async ({ canvasElement }) => {
    await choose(canvasElement, POLICY, 'off');
    await see(canvasElement, 'Nobody has to have it any more.');
  },
};

export const DateMissing: Story = {
  parameters: ownFrame(620),
  play: async ({ canvasElement }) => {
    await choose(canvasElement, POLICY, 'date');
    await press(canvasElement, 'button', 'Save security');
    await see(canvasElement, 'Choose a day after today.');
  },
};

/** Who requires it of others has it: they are told before, and led through their own set-up. */
export const WithoutOwn: Story = {
  parameters: ownFrame(620),
  render: inWorld(demoWorld, { faults: sameKeyEachTime }),
  play: async ({ canvasElement }) => {
    await choose(canvasElement, POLICY, '30');
    await see(canvasElement, 'You have none yourself yet');
  },
};

export const OwnSetUpFirst: Story = {
  parameters: ownFrame(760),
  render: inWorld(demoWorld, { faults: sameKeyEachTime }),
  play: async ({ canvasElement }) => {
    await choose(canvasElement, POLICY, '30');
    await press(canvasElement, 'button', 'Save security');
    await find(canvasElement, 'dialog', 'Set up multi-factor authentication first');
  },
};

/** An open session is not enough: the save waits for a proof, and goes on after it. */
export const ProofFirst: Story = {
  parameters: ownFrame(640),
  render: inWorld(() => mfaPolicyWorld(-3 * DAY)),
  play: async ({ canvasElement }) => {
    await choose(canvasElement, POLICY, 'off');
    await press(canvasElement, 'button', 'Save security');
    await find(canvasElement, 'dialog', 'Complete MFA');
  },
};

export const SavedAfterProof: Story = {
  parameters: ownFrame(640),
  play: async ({ canvasElement }) => {
    await choose(canvasElement, POLICY, '30');
    await press(canvasElement, 'button', 'Save security');
    await prove(canvasElement);
    await see(canvasElement, 'Saved');
  },
};

export const SaveFailed: Story = {
  parameters: ownFrame(560),
  render: inWorld(mfaOnWorld, { faults: (faults) => { faults.fail('company.update', 'unavailable'); } }),
  play: async ({ canvasElement }) => {
    await choose(canvasElement, POLICY, '7');
    await press(canvasElement, 'button', 'Save security');
    await see(canvasElement, 'The server did not answer');
  },
};

/** Charles chose a day first: both, and which one shall stand. */
export const Conflict: Story = {
  parameters: ownFrame(760),
  render: inWorld(() => mfaPolicyWorld(19 * DAY)),
  play: async ({ canvasElement }) => {
    await choose(canvasElement, POLICY, 'now');
    const charles = SettingsClient.of(backendOf(canvasElement).connect('charles@example.com').adapter);
    await charles.run('auth.stepUp', { method: 'totp', code: await adasCode() });
    const { version } = await charles.read('company.get', undefined);
    await charles.run('company.update', { mfaRequiredFrom: new Date(MOMENT + 40 * DAY * 1000).toISOString() }, { ifMatch: version });
    await press(canvasElement, 'button', 'Save security');
    await prove(canvasElement);
    await find(canvasElement, 'button', 'Keep mine');
  },
};

export const Failed: Story = {
  render: inWorld(mfaOnWorld, { faults: (faults) => { faults.fail('company.get', 'unavailable'); } }),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'Could not load Security');
  },
};

/** Without the names the choice is there all the same. */
export const NamesFailed: Story = {
  render: inWorld(mfaOnWorld, { faults: (faults) => { faults.fail('team.list', 'unavailable'); } }),
  play: async ({ canvasElement }) => {
    await find(canvasElement, 'combobox', POLICY);
    await see(canvasElement, 'Could not load team members');
  },
};

/** A member reads how it stands. */
export const MembersView: Story = {
  render: inWorld(memberWorld),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'Not required');
  },
};

export const MembersViewRequired: Story = {
  render: inWorld(() => mfaPolicyWorld(19 * DAY, 'mary@example.com')),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'Required from');
  },
};

export const LongNames: Story = { render: inWorld(longNamesWorld) };

export const RightToLeftNames: Story = { render: inWorld(rightToLeftWorld) };
