import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { demoWorld } from '../src/adapters/memory/index.js';
import '../src/themes/bootstrap.css';
import '../src/themes/dashboard.css';
import '../src/themes/material.css';
import '../src/themes/shadcn.css';
import { find, see } from './support/person.js';
import { ownFrame, stopTime, withWorld } from './support/worlds.js';
import { defineThemeBuilder } from './support/theme-builder.js';

defineThemeBuilder();

const widgets = (): TemplateResult => html`<uf-account sections="profile password"></uf-account>`;

/** Tokens, ready themes and density, on the same widgets. docs/theming.md has the list of tokens. */
const meta: Meta = {
  title: 'Theming',
  render: withWorld(demoWorld, widgets),
  beforeEach: stopTime,
  play: async ({ canvasElement }) => {
    await find(canvasElement, 'textbox', 'Your name');
  },
};
export default meta;
type Story = StoryObj;

const inTheme = (name: string): Story => ({ render: withWorld(demoWorld, () => html`<div class="themed uf-theme-${name}">${widgets()}</div>`) });

/** Turn the tokens, see the widgets in them, take the CSS along. */
export const ThemeBuilder: Story = {
  render: withWorld(demoWorld, () => html`<theme-builder>${widgets()}</theme-builder>`),
  play: async ({ canvasElement }) => {
    await find(canvasElement, 'textbox', 'Your name');
    await see(canvasElement, 'The CSS of this theme');
  },
};

export const Bootstrap: Story = inTheme('bootstrap');
export const Material: Story = inTheme('material');
export const ShadcnAndTailwind: Story = inTheme('shadcn');
export const DarkDashboard: Story = inTheme('dashboard');

/** `density="compact"` on the provider: for pages that show much at once. */
export const Compact: Story = {
  parameters: ownFrame(640),
  render: withWorld(demoWorld, () => html`<uf-account sections="profile password" density="compact"></uf-account>`),
};

/** `theme="dark"` where the page does not say by `color-scheme` that it is dark. */
export const DarkByAttribute: Story = {
  render: withWorld(demoWorld, () => html`<div class="themed dark-page"><uf-account sections="profile password" theme="dark"></uf-account></div>`),
};
