import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { createMemoryAdapter, demoWorld, memberWorld, type World } from '../src/adapters/memory/index.js';
import { httpBridge } from '../test/support/http-bridge.js';
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

/** In the place of the network: below /api/settings the settings HTTP API, below /api/gone a server that is down. */
function serve(): () => void {
  const usual = window.fetch.bind(window);
  const bridge = httpBridge('/api/settings', () => adapter);
  window.fetch = (input, init) => {
    const request = new Request(input, init);
    const { pathname } = new URL(request.url);
    if (pathname.startsWith('/api/settings/')) return bridge(request);
    return pathname.startsWith('/api/gone/') ? Promise.resolve(new Response('<h1>Bad gateway</h1>', { status: 502, headers: { 'Content-Type': 'text/html' } })) : usual(input, init);
  };
  return () => {
    window.fetch = usual;
  };
}

/** Plain HTML: the provider speaks the settings HTTP API to a server. */
export const BaseUrl: Story = {
  render: () => html`<uf-provider base-url="/api/settings">${page}</uf-provider>`,
  beforeEach: serve,
  parameters: ownFrame(520),
  play: async ({ canvasElement }) => {
    await find(canvasElement, 'textbox', 'Organisation name');
  },
};

/** A server that does not answer: the widgets say so after their tries, and offer another. */
export const ServerGone: Story = {
  render: () => html`<uf-provider base-url="/api/gone"><uf-company></uf-company></uf-provider>`,
  beforeEach: serve,
  parameters: ownFrame(420),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'The server did not answer.');
  },
};
