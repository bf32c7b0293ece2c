import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { adminWorld, demoWorld, longNamesWorld, manyKeysWorld, memberWorld, mfaOnWorld, noKeysWorld, rightToLeftWorld, ADA_TOTP_SECRET, type World } from '../src/adapters/memory/index.js';
import { comeBack, find, goOffline, press, see, type } from './support/person.js';
import { adasCode, ownFrame, sameKeyEachTime, stopTime, withWorld, type WorldOptions } from './support/worlds.js';

interface Args {
  'heading-level': number;
}

const apiKeys = (args: Args): TemplateResult => html`<uf-api-keys heading-level=${args['heading-level']}></uf-api-keys>`;
const inWorld = (world: () => World, options?: WorldOptions): ((args: Args) => TemplateResult) => withWorld(world, apiKeys, options);

/** The time of these stories stands still, and with it Ada's authenticator app: its code is on the Introduction page. */
const meta: Meta<Args> = {
  title: 'Widgets/uf-api-keys',
  component: 'uf-api-keys',
  args: { 'heading-level': 2 },
  argTypes: { 'heading-level': { control: { type: 'number', min: 1, max: 5 } } },
  parameters: { controls: { include: ['heading-level'] } },
  render: inWorld(mfaOnWorld),
  beforeEach: stopTime,
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'Used 2 minutes ago');
  },
};
export default meta;
type Story = StoryObj<Args>;

/** What shows is the beginning and the last four characters; the secret is not in the page. */
export const Hidden: Story = {};

/** After 9 seconds without an answer the widget says so. */
export const Loading: Story = {
  render: inWorld(mfaOnWorld, { faults: (faults) => { faults.hang('apiKeys.list'); } }),
  parameters: ownFrame(900),
  play: () => undefined,
};

export const NoKeys: Story = {
  render: inWorld(noKeysWorld),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'No API keys yet');
  },
};

export const Failed: Story = {
  render: inWorld(mfaOnWorld, { faults: (faults) => { faults.fail('apiKeys.list', 'unavailable'); } }),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'Could not load API keys');
  },
};

export const Offline: Story = {
  parameters: ownFrame(900),
  beforeEach: comeBack,
  play: async ({ canvasElement }) => {
    await find(canvasElement, 'button', 'View API Keys');
    goOffline();
    await press(canvasElement, 'button', 'View API Keys');
    await see(canvasElement, 'Nothing was sent.');
  },
};

export const SignedOut: Story = {
  render: inWorld(demoWorld, { as: null }),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'You’re signed out');
  },
};

/** A member sees no key, and why. */
export const MembersView: Story = {
  render: inWorld(memberWorld),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'Only an owner or an admin');
  },
};

export const AdminsView: Story = { render: inWorld(adminWorld) };

const view = async (canvas: HTMLElement): Promise<HTMLElement> => {
  await press(canvas, 'button', 'View API Keys');
  return find(canvas, 'dialog', 'Complete MFA');
};

export const CompleteMfa: Story = {
  parameters: ownFrame(640),
  play: async ({ canvasElement }) => {
    await view(canvasElement);
  },
};

export const CompleteMfaWrongCode: Story = {
  parameters: ownFrame(640),
  play: async ({ canvasElement }) => {
    const dialog = await view(canvasElement);
    await type(dialog, 'One-time code', '000000');
    await press(dialog, 'button', 'Verify');
    await see(dialog, 'That code did not match.');
  },
};

export const CompleteMfaNotACode: Story = {
  parameters: ownFrame(640),
  play: async ({ canvasElement }) => {
    const dialog = await view(canvasElement);
    await type(dialog, 'One-time code', 'engine');
    await press(dialog, 'button', 'Verify');
    await see(dialog, 'A code has six digits.');
  },
};

export const CompleteMfaTooManyTries: Story = {
  parameters: ownFrame(640),
  render: inWorld(mfaOnWorld, { faults: (faults) => { faults.fail('auth.stepUp', 'rate-limited'); } }),
  play: async ({ canvasElement }) => {
    const dialog = await view(canvasElement);
    await type(dialog, 'One-time code', '000000');
    await press(dialog, 'button', 'Verify');
    await see(dialog, 'Too many tries.');
  },
};

const reveal = async (canvas: HTMLElement): Promise<void> => {
  const dialog = await view(canvas);
  await type(dialog, 'One-time code', await adasCode());
  await press(dialog, 'button', 'Verify');
  await see(canvas, 'Your keys are visible');
};

/** For a minute; in this story the minute stands still. */
export const Revealed: Story = {
  parameters: ownFrame(1000),
  play: async ({ canvasElement }) => {
    await reveal(canvasElement);
  },
};

export const RevealFailed: Story = {
  parameters: ownFrame(900),
  render: inWorld(mfaOnWorld, { faults: (faults) => { faults.fail('apiKeys.reveal', 'unavailable'); } }),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'View API Keys');
    await see(canvasElement, 'The server did not answer');
  },
};

/** Without multi-factor authentication the keys stay hidden: the dialog says so and leads to the set-up. */
export const MfaNotSetUp: Story = {
  parameters: ownFrame(640),
  render: inWorld(demoWorld),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'View API Keys');
    await find(canvasElement, 'dialog', 'Set up multi-factor authentication first');
  },
};

/** The set-up stands above the keys; after the right code they show. */
export const MfaSetUpHere: Story = {
  parameters: ownFrame(1100),
  render: inWorld(demoWorld, { faults: sameKeyEachTime }),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'View API Keys');
    await press(await find(canvasElement, 'dialog', 'Set up multi-factor authentication first'), 'button', 'Setup Multi-factor authentication');
    await find(canvasElement, 'textbox', 'Enter your one-time code here');
  },
};

export const AddressesAnywhere: Story = {
  parameters: ownFrame(640),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'Anywhere');
    await find(canvasElement, 'dialog', 'Source addresses');
  },
};

const editAddresses = async (canvas: HTMLElement): Promise<HTMLElement> => {
  await press(canvas, 'button', '2 addresses');
  return find(canvas, 'dialog', 'Source addresses');
};

export const AddressesSpecific: Story = {
  parameters: ownFrame(900),
  play: async ({ canvasElement }) => {
    await editAddresses(canvasElement);
  },
};

/** Checked when a field is left, and from then on as one types. */
export const AddressesWrong: Story = {
  parameters: ownFrame(900),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'Anywhere');
    const dialog = await find(canvasElement, 'dialog', 'Source addresses');
    await press(dialog, 'radio', 'Specific locations');
    await type(dialog, 'IP address or network 1', '203.0.113.7/24');
    await see(dialog, 'This is no IPv4 or IPv6 address');
  },
};

/** Somebody else changed the key meanwhile. */
export const AddressesStale: Story = {
  parameters: ownFrame(900),
  render: inWorld(mfaOnWorld, { faults: (faults) => { faults.fail('apiKeys.update', 'stale'); } }),
  play: async ({ canvasElement }) => {
    const dialog = await editAddresses(canvasElement);
    await press(dialog, 'button', 'Save addresses');
    await see(dialog, 'Somebody changed this key');
  },
};

/** 500 keys, 50 at a time. */
export const ManyKeys: Story = {
  parameters: ownFrame(1000),
  render: inWorld(() => manyKeysWorld(500)),
  play: async ({ canvasElement }) => {
    await find(canvasElement, 'button', 'Next');
  },
};

/** The same person with {@link ADA_TOTP_SECRET} in her app. */
const withMfa = (world: () => World) => (): World => {
  const made = world();
  for (const person of made.people) if (person.email === 'ada@example.com') person.totpSecret = ADA_TOTP_SECRET;
  return made;
};

export const LongNames: Story = { render: inWorld(withMfa(longNamesWorld)) };

export const LongNamesAddresses: Story = {
  parameters: ownFrame(900),
  render: inWorld(withMfa(longNamesWorld)),
  play: async ({ canvasElement }) => {
    await editAddresses(canvasElement);
  },
};

export const RightToLeftNames: Story = { render: inWorld(withMfa(rightToLeftWorld)) };
