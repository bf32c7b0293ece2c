import { readFileSync } from 'node:fs';

/** A thing that a host can use of an element, by the words of custom-elements.json. */
export interface Entry {
  name: string;
  description?: string;
  type?: { text: string };
}

export interface Field extends Entry {
  kind: string;
  readonly?: boolean;
  attribute?: string;
  default?: string;
  /** Of methods. */
  parameters?: Entry[];
  return?: { type: { text: string } };
}

export interface ElementDeclaration extends Entry {
  tagName: string;
  summary?: string;
  /** Its module in dist/. */
  path: string;
  members?: Field[];
  attributes?: Entry[];
  events?: Entry[];
  slots?: Entry[];
  cssParts?: Entry[];
  cssProperties?: Entry[];
}

/** Every element of the committed manifest. */
export function readManifest(): ElementDeclaration[] {
  const { modules } = JSON.parse(readFileSync('custom-elements.json', 'utf8')) as { modules: { path: string; declarations: Omit<ElementDeclaration, 'path'>[] }[] };
  return modules.flatMap(({ path, declarations }) => declarations.map((declaration) => ({ ...declaration, path })));
}

/** What a host may set: fields with a type that are not read-only. */
export function propertiesOf({ members = [] }: ElementDeclaration): Field[] {
  return members.filter(({ kind, type, readonly }) => kind === 'field' && type !== undefined && readonly !== true);
}

/** The values that an attribute takes, where its type is a list of texts. */
export function valuesOf({ type }: Entry): string[] {
  return Array.from(type?.text.matchAll(/'([^']*)'/g) ?? [], ([, value = '']) => value);
}
