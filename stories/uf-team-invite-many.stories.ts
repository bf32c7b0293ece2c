import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { SettingsError } from '../src/contract/index.js';
import { demoWorld, rightToLeftWorld, type World } from '../src/adapters/memory/index.js';
import { chooseFile, find, press, see, type } from './support/person.js';
import { ownFrame, stopTime, withWorld, type WorldOptions } from './support/worlds.js';

const team = (): TemplateResult => html`<uf-team></uf-team>`;
const inWorld = (world: () => World, options?: WorldOptions): ((args: unknown) => TemplateResult) => withWorld(world, team, options);

/** Many people at once: addresses pasted, typed or from a file, and what became of each. */
const meta: Meta = {
  title: 'Widgets/uf-team invite many',
  component: 'uf-team',
  parameters: { ...ownFrame(860), controls: { disable: true } },
  render: inWorld(demoWorld),
  beforeEach: stopTime,
};
export default meta;
type Story = StoryObj;

const PEOPLE = ['Federico Menabrea <federico@example.com>', 'annabella@example.com', 'william.king@example.com', 'mary@example.com', 'luigi.menabrea@example.com'];

async function open(canvas: HTMLElement): Promise<HTMLElement> {
  await press(canvas, 'button', 'New Invitation');
  await press(await find(canvas, 'dialog', 'New Invitation'), 'button', 'Invite many');
  return find(canvas, 'dialog', 'Invite many');
}

/** As a paste does it. */
async function paste(dialog: HTMLElement, text: string): Promise<void> {
  const field = await find(dialog, 'textbox', 'Email addresses');
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, composed: true, cancelable: true }));
}

const choose = (dialog: HTMLElement, name: string, text: string): Promise<void> => chooseFile(dialog, new File([text], name, { type: 'text/csv' }));

export const Nobody: Story = {
  play: async ({ canvasElement }) => {
    await open(canvasElement);
  },
};

export const Some: Story = {
  play: async ({ canvasElement }) => {
    const dialog = await open(canvasElement);
    await paste(dialog, PEOPLE.join('\n'));
    await see(dialog, '5 addresses');
  },
};

/** Send says what is in its way; what came twice is named. */
export const SomeWrong: Story = {
  play: async ({ canvasElement }) => {
    const dialog = await open(canvasElement);
    await paste(dialog, [...PEOPLE, 'half an address', 'charles@', 'mary@example.com', 'ANNABELLA@example.com'].join('\n'));
    await press(dialog, 'button', 'Send 7 invitations');
    await see(dialog, '2 are not addresses');
  },
};

/** Only a page of them is drawn. */
export const TenThousand: Story = {
  play: async ({ canvasElement }) => {
    const dialog = await open(canvasElement);
    await paste(dialog, Array.from({ length: 10_000 }, (_, index) => (index % 997 === 5 ? `Nobody in particular ${String(index)}` : `person${String(index)}@example.net`)).join('\n'));
    await see(dialog, '10,000 addresses');
    await see(dialog, '11 need a look');
  },
};

export const FromFile: Story = {
  play: async ({ canvasElement }) => {
    const dialog = await open(canvasElement);
    await choose(dialog, 'people.csv', 'First name;Last name;E-mail;Role;Office\nFederico;Menabrea;federico@example.com;Member;Turin\nAnnabella;King;annabella@example.com;Admin;London\nWilliam;King;william.king@example.com;Chancellor;London\n');
    await see(dialog, 'Say what its columns are.');
  },
};

export const FileBroken: Story = {
  play: async ({ canvasElement }) => {
    const dialog = await open(canvasElement);
    await choose(dialog, 'people.csv', 'email,name\nada@example.net,"Ada\ncharles@example.net,Charles\n');
    await see(dialog, 'In line 2 a quotation mark');
  },
};

async function send(canvas: HTMLElement): Promise<HTMLElement> {
  const dialog = await open(canvas);
  await paste(dialog, PEOPLE.join('\n'));
  await press(dialog, 'button', 'Send 5 invitations');
  return dialog;
}

export const Sending: Story = {
  render: inWorld(demoWorld, { faults: (faults) => { faults.hang('team.invite'); } }),
  play: async ({ canvasElement }) => {
    await see(await send(canvasElement), '0 of 5');
  },
};

/** The backend asks for a pause. */
export const Waiting: Story = {
  render: inWorld(demoWorld, { faults: (faults) => { faults.fail('team.invite', () => { throw new SettingsError('rate-limited', 'no', { retryAfter: 90 }); }); } }),
  play: async ({ canvasElement }) => {
    await see(await send(canvasElement), 'The server takes no more');
  },
};

export const Results: Story = {
  play: async ({ canvasElement }) => {
    await see(await send(canvasElement), '3 invitations sent');
  },
};

export const ResultsFailed: Story = {
  render: inWorld(demoWorld, { faults: (faults) => { faults.fail('team.invite', 'unavailable'); } }),
  play: async ({ canvasElement }) => {
    await see(await send(canvasElement), '5 could not be sent');
  },
};

export const Discard: Story = {
  play: async ({ canvasElement }) => {
    const dialog = await open(canvasElement);
    await paste(dialog, PEOPLE.join('\n'));
    await press(dialog, 'button', 'Cancel');
    await find(canvasElement, 'alertdialog', 'Discard 5 addresses?');
  },
};

export const RightToLeft: Story = {
  render: inWorld(rightToLeftWorld),
  play: async ({ canvasElement }) => {
    const dialog = await open(canvasElement);
    await type(dialog, 'Email addresses', 'עדה לאבלייס <ada.lovelace@example.com>, half an address,');
    await see(dialog, '2 addresses');
  },
};
