import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, nothing, type TemplateResult } from 'lit';
import { demoWorld, longNamesWorld, rightToLeftWorld, severalOrganisationsWorld, type World } from '../src/adapters/memory/index.js';
import { find, press, see, type } from './support/person.js';
import { ownFrame, stopTime, withWorld, type WorldOptions } from './support/worlds.js';

interface Args {
  'settings-url': string;
  current: boolean;
}

const menu = (args: Args): TemplateResult =>
  html`<nav aria-label="Product"><uf-organisation-menu settings-url=${args['settings-url'] || nothing} ?current=${args.current}></uf-organisation-menu></nav>`;
const inWorld = (world: () => World, options?: WorldOptions): ((args: Args) => TemplateResult) => withWorld(world, menu, options);

/** Stands at the top left of a product's own navigation. */
const meta: Meta<Args> = {
  title: 'Widgets/uf-organisation-menu',
  component: 'uf-organisation-menu',
  args: { 'settings-url': '#settings', current: false },
  argTypes: { 'settings-url': { control: 'text' }, current: { control: 'boolean' } },
  parameters: { controls: { include: ['settings-url', 'current'] } },
  render: inWorld(demoWorld),
  beforeEach: stopTime,
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'Analytical Engine');
  },
};
export default meta;
type Story = StoryObj<Args>;

export const Ready: Story = {};

const opened: NonNullable<Story['play']> = async ({ canvasElement }) => {
  await press(canvasElement, 'button', 'Organisation: Analytical Engines Ltd');
  await find(canvasElement, 'link', 'Account Settings');
};

export const Open: Story = { parameters: ownFrame(180), play: opened };

/** The page that is shown is the settings page. */
export const OpenCurrent: Story = { args: { current: true }, parameters: ownFrame(180), play: opened };

/** A page puts its own links below Account Settings. */
export const OpenWithLinksOfThePage: Story = {
  render: withWorld(demoWorld, (args: Args) => html`<nav aria-label="Product">
    <uf-organisation-menu settings-url=${args['settings-url'] || nothing} ?current=${args.current}>
      <a slot="links" href="#billing">Billing</a>
      <a slot="links" href="#switch">Switch organisation</a>
    </uf-organisation-menu>
  </nav>`),
  parameters: ownFrame(260),
  play: opened,
};

/** After 9 seconds without an answer the widget stops waiting. */
export const Loading: Story = {
  render: inWorld(demoWorld, { faults: (faults) => { faults.hang('auth.context'); } }),
  parameters: ownFrame(120),
  play: () => undefined,
};

export const Failed: Story = {
  render: inWorld(demoWorld, { faults: (faults) => { faults.fail('auth.context', 'unavailable'); } }),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'Organisation');
  },
};

/** Nobody is signed in: nothing is drawn. */
export const SignedOut: Story = { render: inWorld(demoWorld, { as: null }), play: () => undefined };

/** Signed in, and a member of no organisation. */
export const NoOrganisation: Story = {
  render: inWorld(() => {
    const world = demoWorld();
    for (const organisation of world.organisations) organisation.members = organisation.members.filter(({ email }) => email !== 'ada@example.com');
    return world;
  }),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'No organisation');
  },
};

export const LongName: Story = {
  render: inWorld(longNamesWorld),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'The Worshipful Company');
  },
};

export const RightToLeftName: Story = {
  render: inWorld(rightToLeftWorld),
  parameters: ownFrame(180),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'Organisation: מנועים אנליטיים בע״מ');
    await find(canvasElement, 'link', 'Account Settings');
  },
};

/** In each, what one may do there is said before one goes. */
export const SeveralOrganisations: Story = {
  render: inWorld(severalOrganisationsWorld),
  parameters: ownFrame(360),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'Organisation: Analytical Engines Ltd');
    await see(canvasElement, 'Jacquard Weaving Mills SARL');
  },
};

/** Something is unsaved on the page, and belongs to the organisation that one leaves. */
export const SwitchWithUnsavedChanges: Story = {
  render: withWorld(severalOrganisationsWorld, (args: Args) => html`${menu(args)}<uf-company sections="company"></uf-company>`),
  parameters: ownFrame(640),
  play: async ({ canvasElement }) => {
    await type(canvasElement, 'Organisation name', 'Difference Engines Ltd');
    await press(canvasElement, 'button', 'Organisation: Analytical Engines Ltd');
    (await see(canvasElement, 'Difference Works AB')).closest('button')?.click();
    await see(canvasElement, 'You have unsaved changes');
  },
};
