import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { demoWorld, longNamesWorld, rightToLeftWorld, type MemoryBackend, type World } from '../src/adapters/memory/index.js';
import { UfInvitation } from '../src/define/all.js';
import { press, see } from './support/person.js';
import { MOMENT, ownFrame, stopTime, withWorld, type WorldOptions } from './support/worlds.js';

interface Args {
  'heading-level': number;
}

const invitation = (args: Args): TemplateResult => html`<uf-invitation heading-level=${args['heading-level']}></uf-invitation>`;

/** A world in which Luigi, who was invited, has an account. */
const withLuigi = (world: () => World) => (): World => {
  const made = world();
  const [invited] = made.organisations.flatMap(({ invitations }) => invitations);
  if (invited) made.people.push({ name: 'Luigi Federico Menabrea', email: invited.email, password: null });
  return { ...made, signedInAs: invited?.email ?? null };
};

/** The page has taken the token out of the link of the mail and hands it to the widget. */
async function followLink(backend: MemoryBackend, provider: Element): Promise<void> {
  await backend.ready;
  const widget = provider.querySelector('uf-invitation');
  const link = backend.outbox.mails.find(({ to }) => to.startsWith('luigi'))?.link;
  if (widget instanceof UfInvitation && link) widget.token = link.slice('#invitation='.length);
}

const inWorld = (world: () => World, options: WorldOptions = {}): ((args: Args) => TemplateResult) =>
  withWorld(world, invitation, { arrange: (backend, provider) => void followLink(backend, provider), ...options });

/** Where the link of an invitation's mail leads; `token` is set as a property. */
const meta: Meta<Args> = {
  title: 'Widgets/uf-invitation',
  component: 'uf-invitation',
  args: { 'heading-level': 2 },
  argTypes: { 'heading-level': { control: { type: 'number', min: 1, max: 6 } } },
  parameters: { controls: { include: ['heading-level'] } },
  render: inWorld(withLuigi(demoWorld)),
  beforeEach: stopTime,
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'Accept invitation');
  },
};
export default meta;
type Story = StoryObj<Args>;

/** Luigi is signed in with the address that was invited. */
export const Pending: Story = {};

export const Accepted: Story = {
  parameters: ownFrame(420),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'Accept invitation');
    await see(canvasElement, 'You have joined');
  },
};

export const Declined: Story = {
  parameters: ownFrame(420),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'Decline');
    await see(canvasElement, 'You will not join');
  },
};

/** Eight days after the mail was sent. */
export const Expired: Story = {
  render: (args) => {
    let now = MOMENT;
    return inWorld(withLuigi(demoWorld), {
      clock: () => now,
      arrange: (backend, provider) =>
        void backend.ready.then(() => {
          now += 8 * 24 * 3600 * 1000;
          return followLink(backend, provider);
        }),
    })(args);
  },
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'This invitation has expired');
  },
};

/** Withdrawn, or replaced by a newer mail. */
export const Gone: Story = {
  render: withWorld(demoWorld, (args: Args) => html`<uf-invitation heading-level=${args['heading-level']} token="a-token-that-is-no-more"></uf-invitation>`, { as: null }),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'does not work any more');
  },
};

/** The page's own way to sign in stands in the slot `signed-out`. */
export const NotSignedIn: Story = {
  render: withWorld(
    demoWorld,
    (args: Args) => html`<uf-invitation heading-level=${args['heading-level']}><p slot="signed-out"><a href="#sign-in">Sign in</a> or <a href="#sign-up">sign up</a></p></uf-invitation>`,
    { as: null, arrange: (backend, provider) => void followLink(backend, provider) },
  ),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'Decline');
  },
};

export const OtherPersonSignedIn: Story = {
  render: inWorld(demoWorld, { as: 'mary@example.com' }),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'You are signed in as');
  },
};

export const AcceptFailed: Story = {
  render: inWorld(withLuigi(demoWorld), { faults: (faults) => { faults.fail('invitation.accept', 'unavailable'); } }),
  parameters: ownFrame(460),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'Accept invitation');
    await see(canvasElement, 'The server did not answer');
  },
};

/** After 9 seconds without an answer the widget says so. */
export const Loading: Story = {
  render: inWorld(withLuigi(demoWorld), { faults: (faults) => { faults.hang('invitation.get'); } }),
  parameters: ownFrame(320),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'Your invitation');
  },
};

export const Failed: Story = {
  render: inWorld(withLuigi(demoWorld), { faults: (faults) => { faults.fail('invitation.get', 'unavailable'); } }),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'Could not load the invitation');
  },
};

export const LongNames: Story = { render: inWorld(withLuigi(longNamesWorld)) };

export const RightToLeftNames: Story = { render: inWorld(withLuigi(rightToLeftWorld)) };
