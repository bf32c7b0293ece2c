/**
 * `npm run reference`: writes docs/reference.md from custom-elements.json, the operations table and the tokens of docs/theming.md. What all
 * widgets have stands once, before them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { errorKinds } from '../src/contract/errors.js';
import { routeOf } from '../src/contract/http/index.js';
import { operationNames, operations } from '../src/contract/operations.js';
import { readManifest, type ElementDeclaration, type Entry, type Field } from './manifest.js';

const FILE = 'docs/reference.md';

/** A row cannot hold a line break, nor a bar that is not its own. */
const cell = (text = ''): string => text.replace(/\s+/g, ' ').replaceAll('|', '\\|').trim();
const code = (text: string): string => (text === '' ? '' : `\`${cell(text)}\``);
const typeOf = ({ type }: Entry): string => (type?.text ?? '').replace(/ \| undefined$/, '');

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

const widgets = readManifest().filter(({ tagName }) => tagName !== 'uf-provider');
const keyOf = (entry: Entry): string => JSON.stringify([entry.name, entry.description, entry.type?.text]);
const listsOf = ({ members = [], attributes = [], events = [], slots = [], cssParts = [] }: ElementDeclaration): Entry[][] => [members, attributes, events, slots, cssParts];
/** What each of the widgets has, word for word. */
const everywhere = new Set(listsOf(widgets[0] ?? { tagName: '', name: '', path: '' }).flatMap((list, index) => list.map(keyOf).filter((key) => widgets.every((widget) => listsOf(widget)[index]?.some((one) => keyOf(one) === key)))));

const isOwn = (entry: Entry): boolean => !everywhere.has(keyOf(entry));

function properties({ members = [] }: ElementDeclaration, wanted: (field: Field) => boolean): string {
  const rows = members
    .filter((member) => member.kind === 'field' && wanted(member))
    .map((field) => [code(field.attribute ?? ''), code(field.name) + (field.readonly ? ' (read-only)' : ''), code(typeOf(field)), code(field.default ?? ''), cell(field.description)]);
  return table(['attribute', 'property', 'type', 'default', ''], rows);
}

function methods({ members = [] }: ElementDeclaration, wanted: (field: Field) => boolean): string {
  const rows = members
    .filter((member) => member.kind === 'method' && wanted(member))
    .map(({ name, parameters = [], return: answer, description }) => [code(`${name}(${parameters.map((one) => `${one.name}: ${typeOf(one)}`).join(', ')}): ${answer?.type.text ?? 'void'}`), cell(description)]);
  return table(['method', ''], rows);
}

const events = (list: readonly Entry[]): string => table(['event', '`detail`', ''], list.map((event) => [code(event.name), code(typeOf(event).replace(/^CustomEvent<(.*)>$/, '$1')), cell(event.description)]));
const slots = (list: readonly Entry[]): string => table(['slot', ''], list.map(({ name, description }) => [name === '' ? '(default)' : code(name), cell(description)]));
const parts = (list: readonly Entry[]): string => table(['part', ''], list.map(({ name, description }) => [code(name), cell(description)]));

const sections = (...all: readonly string[]): string => all.filter((text) => text !== '').join('\n\n');

function elementText(element: ElementDeclaration): string {
  return sections(
    `## \`<${element.tagName}>\``,
    (element.description ?? '').replace(/([^\n])\n(?!\n)/g, '$1 '),
    `\`import '@userflux/settings/define/${element.tagName}';\` registers it; the class is \`${element.name}\`.`,
    properties(element, isOwn),
    methods(element, isOwn),
    events(element.events ?? []),
    slots(element.slots ?? []),
    parts(element.cssParts ?? []),
  );
}

/** The names of the tokens, from the page that explains them. */
function tokens(): string[] {
  return Array.from(readFileSync('docs/theming.md', 'utf8').matchAll(/^\| `(--uf-[a-z-]+)` \|/gm), ([, name = '']) => name);
}

const anyWidget = widgets[0];

const text = `${sections(
  '# Reference',
  'Made by `npm run reference` from what the sources say: do not edit it. CI holds it fresh. What stands here is public ([upgrading.md](upgrading.md)); the same is in `custom-elements.json`, and in Storybook beside the running widgets.',
  readManifest()
    .map(({ tagName, summary }) => `- [\`<${tagName}>\`](#${tagName}): ${cell(summary)}`)
    .join('\n'),
  '## Every widget',
  'What all tags but `<uf-provider>` have. Attributes with a list of texts take each of them; a boolean attribute counts when it is there.',
  ...(anyWidget ? [properties(anyWidget, (field) => !isOwn(field)), methods(anyWidget, (field) => !isOwn(field))] : []),
  `Events bubble and are composed, so that one listener on the page hears all. They hold names and ids, never what a person typed and never a secret. \`operation\` is one of the [operations](#operations), \`kind\` one of the [kinds of errors](#kinds-of-errors). \`uf-before-change\` and \`uf-open-settings\` are cancelable.`,
  `CSS tokens, each explained in [theming.md](theming.md#tokens): ${tokens().map(code).join(', ')}.`,
  ...readManifest().map(elementText),
  '## Operations',
  'The names in events, in `can()`, in adapters and in the policy of the HTTP API ([http-api.md](http-api.md), [adapters.md](adapters.md)).',
  table(['operation', 'effect', 'over HTTP'], operationNames.map((name) => [code(name), operations[name].effect, code(`${routeOf(name).method} ${routeOf(name).path}`)])),
  '## Kinds of errors',
  `${errorKinds.map(code).join(', ')}. [adapters.md](adapters.md) says which means what.`,
)}\n`;

writeFileSync(FILE, text);
console.log(`${FILE}: ${String(readManifest().length)} tags, ${String(operationNames.length)} operations`);
