import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { adminWorld, demoWorld, keyLifecycleWorld, longNamesWorld, manyKeysWorld, memberWorld, mfaOnWorld, noKeysWorld, rightToLeftWorld, ADA_TOTP_SECRET, type World } from '../src/adapters/memory/index.js';
import { choose, comeBack, find, goOffline, press, see, type } from './support/person.js';
import { adasCode, creationOnly, lastFour, MOMENT, ownFrame, sameKeyEachTime, stopTime, withWorld, type WorldOptions } from './support/worlds.js';

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
    await see(canvasElement, '2 minutes ago');
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

const moreOf = (canvas: HTMLElement, key: string): Promise<void> => press(canvas, 'button', `More, ${key}`);

/** In the lifecycle world: one key in each state. */
const MOBILE = 'Integration API Keys, Production Read and Write key ending ' + lastFour('Mobile apps');

/** Soon to expire, expired, disabled, long unused, and one beside the key that replaces it. */
export const EveryState: Story = {
  render: inWorld(keyLifecycleWorld),
  play: async ({ canvasElement }) => {
    await find(canvasElement, 'button', 'Finish now');
  },
};

const openCreate = async (canvas: HTMLElement): Promise<HTMLElement> => {
  await press(canvas, 'button', 'Create API key');
  return find(canvas, 'dialog', 'Create API key');
};

export const Create: Story = {
  parameters: ownFrame(1000),
  play: async ({ canvasElement }) => {
    await openCreate(canvasElement);
  },
};

export const CreateWithDateAndAddresses: Story = {
  parameters: ownFrame(1300),
  play: async ({ canvasElement }) => {
    const dialog = await openCreate(canvasElement);
    await type(dialog, 'Name', 'Warehouse export');
    await press(dialog, 'radio', 'Data');
    await press(dialog, 'radio', 'Production');
    await choose(dialog, 'Permission', 'read-write');
    await choose(dialog, 'Expiry', 'date');
    await type(dialog, 'Last day', '2027-02-22');
    await press(dialog, 'radio', 'Specific locations');
    await find(dialog, 'textbox', 'IP address or network 1');
  },
};

export const CreateWithoutName: Story = {
  parameters: ownFrame(1000),
  play: async ({ canvasElement }) => {
    const dialog = await openCreate(canvasElement);
    await press(dialog, 'button', 'Create key');
    await see(dialog, 'Enter a name');
  },
};

export const CreateFailed: Story = {
  parameters: ownFrame(1000),
  render: inWorld(mfaOnWorld, { faults: (faults) => { faults.fail('apiKeys.create', 'unavailable'); } }),
  play: async ({ canvasElement }) => {
    const dialog = await openCreate(canvasElement);
    await type(dialog, 'Name', 'Warehouse export');
    await press(dialog, 'button', 'Create key');
    await see(dialog, 'The server did not answer');
  },
};

/** The same secret each time: what a new key looks like is random. */
const SECRET = 'uf_int_test_9vKq3mT7xWb2RcL5nYd8HsF4gJp6QzAe1Zq0';
const sameSecret = (replaces: string | null): WorldOptions => ({
  faults: (faults) => {
    const key = {
      id: 'made-here', name: 'Warehouse export', kind: 'integration', environment: 'test', permission: 'read-only', prefix: 'uf_int_test_', last4: '1Zq0',
      createdAt: new Date(MOMENT).toISOString(), createdBy: 'Ada Lovelace', expiresAt: null, lastUsedAt: null, lastUsedFrom: null, enabled: true, addresses: [], revealable: true,
      roll: replaces === null ? null : { replacesId: replaces, overlapEndsAt: new Date(MOMENT + 86_400_000).toISOString() },
      can: { update: true, roll: true, revoke: true }, version: '1',
    } as const;
    faults.answer('apiKeys.create', { key: { ...key, addresses: [] }, secret: SECRET });
    faults.answer('apiKeys.roll', { key: { ...key, addresses: [] }, secret: SECRET, previous: null });
  },
});

const made = async (canvas: HTMLElement): Promise<HTMLElement> => {
  const dialog = await openCreate(canvas);
  await type(dialog, 'Name', 'Warehouse export');
  await press(dialog, 'button', 'Create key');
  return find(canvas, 'dialog', 'Your new API key');
};

/** Shown once, with ready snippets. */
export const Created: Story = {
  parameters: ownFrame(900),
  render: inWorld(mfaOnWorld, sameSecret(null)),
  play: async ({ canvasElement }) => {
    await made(canvasElement);
  },
};

/** It does not close before the key is copied, or the person says that it is stored. */
export const CreatedNotStored: Story = {
  parameters: ownFrame(900),
  render: inWorld(mfaOnWorld, sameSecret(null)),
  play: async ({ canvasElement }) => {
    const dialog = await made(canvasElement);
    await choose(dialog, 'Use it in', '2');
    await press(dialog, 'button', 'Done');
    await see(dialog, 'Copy the key first');
  },
};

/** A backend that keeps hashes only: keys are shown when they are made, and never again. */
export const CreationOnly: Story = {
  render: inWorld(mfaOnWorld, { arrange: creationOnly }),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'Keys are shown once');
  },
};

export const Menu: Story = {
  parameters: ownFrame(1100),
  render: inWorld(keyLifecycleWorld),
  play: async ({ canvasElement }) => {
    await moreOf(canvasElement, MOBILE);
    await find(canvasElement, 'button', 'Rename');
  },
};

const chosen = async (canvas: HTMLElement, item: string): Promise<void> => {
  await moreOf(canvas, MOBILE);
  await press(canvas, 'button', item);
};

export const Rename: Story = {
  parameters: ownFrame(640),
  render: inWorld(keyLifecycleWorld),
  play: async ({ canvasElement }) => {
    await chosen(canvasElement, 'Rename');
    await find(canvasElement, 'dialog', 'Rename API key');
  },
};

export const ChangeExpiry: Story = {
  parameters: ownFrame(640),
  render: inWorld(keyLifecycleWorld),
  play: async ({ canvasElement }) => {
    await chosen(canvasElement, 'Change expiry');
    await find(canvasElement, 'dialog', 'Change expiry');
  },
};

export const Disable: Story = {
  parameters: ownFrame(640),
  render: inWorld(keyLifecycleWorld),
  play: async ({ canvasElement }) => {
    await chosen(canvasElement, 'Disable…');
    await find(canvasElement, 'alertdialog', 'Disable Mobile apps?');
  },
};

export const EnableFailed: Story = {
  render: inWorld(keyLifecycleWorld, { faults: (faults) => { faults.fail('apiKeys.update', 'unavailable'); } }),
  play: async ({ canvasElement }) => {
    await moreOf(canvasElement, `Integration API Keys, Test Write-Only key ending ${lastFour('Staging events')}`);
    await press(canvasElement, 'button', 'Enable');
    await see(canvasElement, 'The server did not answer');
  },
};

/** One key in clear, the others hidden. */
export const OneRevealed: Story = {
  render: inWorld(keyLifecycleWorld),
  play: async ({ canvasElement }) => {
    await chosen(canvasElement, 'Show this key');
    const dialog = await find(canvasElement, 'dialog', 'Complete MFA');
    await type(dialog, 'One-time code', await adasCode());
    await press(dialog, 'button', 'Verify');
    await see(canvasElement, 'One key is visible');
  },
};

export const Replace: Story = {
  parameters: ownFrame(800),
  render: inWorld(keyLifecycleWorld),
  play: async ({ canvasElement }) => {
    await chosen(canvasElement, 'Replace key…');
    await find(canvasElement, 'dialog', 'Replace this key');
  },
};

export const ReplacedMeanwhile: Story = {
  parameters: ownFrame(800),
  render: inWorld(keyLifecycleWorld, { faults: (faults) => { faults.fail('apiKeys.roll', 'conflict'); } }),
  play: async ({ canvasElement }) => {
    await chosen(canvasElement, 'Replace key…');
    const dialog = await find(canvasElement, 'dialog', 'Replace this key');
    await press(dialog, 'button', 'Create the new key');
    await see(dialog, 'This key is being replaced already');
  },
};

export const FinishNow: Story = {
  parameters: ownFrame(640),
  render: inWorld(keyLifecycleWorld),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'Finish now');
    await find(canvasElement, 'alertdialog', 'End the old key of Website events (old) now?');
  },
};

export const KeepTheOldKey: Story = {
  parameters: ownFrame(640),
  render: inWorld(keyLifecycleWorld),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'Keep the old key');
    await find(canvasElement, 'alertdialog', 'Keep the old key of Website events (old)?');
  },
};

export const Revoke: Story = {
  parameters: ownFrame(640),
  render: inWorld(keyLifecycleWorld),
  play: async ({ canvasElement }) => {
    await chosen(canvasElement, 'Revoke…');
    const dialog = await find(canvasElement, 'alertdialog', 'Revoke Mobile apps?');
    await press(dialog, 'button', 'Revoke key');
    await see(dialog, 'This is not');
  },
};

export const Selecting: Story = {
  render: inWorld(keyLifecycleWorld),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'Select');
    await press(canvasElement, 'checkbox', MOBILE);
    await see(canvasElement, '1 key selected');
  },
};

export const RevokeSeveral: Story = {
  parameters: ownFrame(640),
  render: inWorld(keyLifecycleWorld),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'Select');
    await press(canvasElement, 'checkbox', 'Select all on this page');
    await press(canvasElement, 'button', 'Revoke…');
    await find(canvasElement, 'alertdialog', 'Revoke 7 keys?');
  },
};

export const Filters: Story = {
  parameters: ownFrame(1000),
  render: inWorld(() => manyKeysWorld(500)),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'Filter');
    await choose(canvasElement, 'Kind', 'data');
    await choose(canvasElement, 'Environment', 'test');
    await find(canvasElement, 'button', 'Filter (2)');
  },
};

export const NoKeysMatch: Story = {
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'Filter');
    await choose(canvasElement, 'State', 'disabled');
    await see(canvasElement, 'No keys match');
  },
};

/** What came with a key in thirty days: drawn, said in a sentence, and in a table behind a press. */
export const Requests: Story = {
  render: inWorld(keyLifecycleWorld),
  parameters: ownFrame(900),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', '103,778 requests in 30 days');
    await see(canvasElement, 'The busiest day was');
  },
};

/** The snippets of a new key name the API of the page. */
export const SnippetsOfYourApi: Story = {
  render: withWorld(mfaOnWorld, () => html`<uf-api-keys api-url="https://api.userflux.example/v1/"></uf-api-keys>`, sameSecret(null)),
  parameters: ownFrame(900),
  play: async ({ canvasElement }) => {
    const dialog = await made(canvasElement);
    await choose(dialog, 'Use it in', '1');
    await see(dialog, 'api.userflux.example');
  },
};
