import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { createMemoryAdapter, demoWorld, memberWorld, type World } from '../src/adapters/memory/index.js';
import { find, see } from './support/person.js';
import { MOMENT, ownFrame, stopTime, withWorld, type WorldOptions } from './support/worlds.js';

/** A page of which two widgets and a line of the host's own know who is signed in. */
const page = html`
  <nav aria-label="Product"><uf-organisation-menu settings-url="#settings"></uf-organisation-menu></nav>
  <p id="host-line">The page does not know yet who is signed in.</p>
  <uf-company></uf-company>`;

/** The page listens, as any page can. */
const listen: WorldOptions['arrange'] = (_backend, provider) => {
  provider.addEventListener('uf-auth-change', ({ detail: { auth } }) => {
    const line = provider.querySelector('#host-line');
    if (line) line.textContent = auth ? `The page knows: ${auth.user.name}, ${auth.organisation?.role ?? 'no organisation'}.` : 'The page knows: nobody is signed in.';
  });
};
const inWorld = (world: () => World, options?: WorldOptions): ((args: unknown) => TemplateResult) => withWorld(world, () => page, { arrange: listen, ...options });

/** Draws nothing itself: it hands one backend to every widget inside it, and tells the page who is signed in. */
const meta: Meta = {
  title: 'Widgets/uf-provider',
  component: 'uf-provider',
  parameters: { controls: { disable: true } },
  beforeEach: stopTime,
};
export default meta;
type Story = StoryObj;

export const Owner: Story = {
  render: inWorld(demoWorld),
  play: async ({ canvasElement }) => {
    await find(canvasElement, 'textbox', 'Organisation name');
  },
};

export const Member: Story = {
  render: inWorld(memberWorld),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'United Kingdom');
  },
};

export const SignedOut: Story = {
  render: inWorld(demoWorld, { as: null }),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'nobody is signed in');
  },
};

/** Without a backend the widgets stay quiet; the console says what is missing. */
export const NotConnected: Story = {
  render: () => html`<uf-provider><uf-company></uf-company></uf-provider>`,
  parameters: ownFrame(160),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'These settings are not connected yet.');
  },
};

/** A single widget can have a backend of its own. */
export const WithoutProvider: Story = {
  render: () => html`<uf-company .adapter=${adapter}></uf-company>`,
  play: async ({ canvasElement }) => {
    await find(canvasElement, 'textbox', 'Organisation name');
  },
};
const adapter = createMemoryAdapter({ world: demoWorld(), clock: () => MOMENT });
