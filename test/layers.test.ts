import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, it } from 'node:test';
import ts from 'typescript';

/**
 * Who may import whom (the map of src/README.md), room by room. `npm:` is a package; `:type` allows `import type` only,
 * `:lazy` allows `import()` only. Every room may import itself; a room that is not here is an error.
 */
const rules: Record<string, readonly string[]> = {
  contract: ['npm:zod/mini'],
  'contract/conformance': ['contract'],
  rules: ['contract'],
  // zod: rows that come back out of IndexedDB are data from outside.
  'adapters/memory': ['contract', 'rules', 'npm:zod/mini'],
  'adapters/http': ['contract', 'npm:ky'],
  client: ['contract'],
  locales: ['contract:type'],
  version: [],
  lit: ['client', 'contract', 'locales', 'version', 'npm:lit', 'npm:@lit/context'],
  // The texts come in as arguments, from the controller whose type this is.
  ui: ['npm:lit', 'lit/locale-controller.ts:type'],
  // Loaded when MFA set-up opens, never before.
  'ui/qr': ['ui', 'npm:lit', 'npm:qrcode'],
  // locales: an element carries the English texts of its own area, so that a page pays for the words it shows.
  elements: ['lit', 'ui', 'locales', 'client', 'contract', 'npm:lit', 'npm:@lit/context', 'ui/qr:lazy', 'adapters/http:lazy'],
  define: ['elements', 'lit'],
  loader: ['define:lazy', 'lit/warn.ts'],
  // What a page without a build loads.
  cdn: ['index', 'define', 'loader', 'adapters/http'],
  // The server imports the library by its public names, as anybody would.
  'server/plugin': ['@userflux/settings/contract', '@userflux/settings/http', '@userflux/settings/rules', 'better-auth', '@better-auth/core', '@better-auth/api-key', '@simplewebauthn/server', 'kysely', 'zod', 'node:crypto'].map((name) => `npm:${name}`),
  'server/reference': ['server/plugin', ...['@userflux/settings', 'better-auth', '@better-auth/api-key', '@better-auth/passkey', 'hono', '@hono/node-server', 'kysely', 'libsql', 'pg', 'nodemailer', 'vite', 'zod', 'node:fs', 'node:path', 'node:url', 'node:crypto', 'node:http', 'node:zlib', 'node:timers'].map((name) => `npm:${name}`)],
  // The command.
  'server/reference/main': ['server/reference'],
  // Types of the tags in the words of each framework; test/package compiles them beside it.
  frameworks: ['react', 'preact', 'solid-js', 'vue', 'svelte/elements'].map((name) => `npm:${name}:type`),
  index: ['contract', 'client', 'locales', 'lit', 'ui', 'elements', 'version'],
};

type Kind = 'value' | 'type' | 'lazy';

const roomOf = (path: string): string =>
  Object.keys(rules)
    .sort((a, b) => b.length - a.length)
    .find((room) => path === `${room}.ts` || path.startsWith(`${room}/`)) ?? '';

/** The imports of a file, and its statements that do something when it is loaded. */
function read(path: string, text: string): { imports: { target: string; kind: Kind }[]; effects: string[] } {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const imports: { target: string; kind: Kind }[] = [];
  const effects: string[] = [];
  const add = (node: ts.Node | undefined, kind: Kind): void => {
    if (!node || !ts.isStringLiteralLike(node)) return;
    imports.push({ target: node.text.startsWith('.') ? posix.join(posix.dirname(path), node.text).replace(/\.js$/, '.ts') : `npm:${node.text}`, kind });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword ? 'type' : 'value');
      if (!node.importClause) effects.push(node.getText());
    } else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly ? 'type' : 'value');
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, 'type');
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node.arguments[0], 'lazy');
    else if (ts.isDecorator(node) && node.getText().startsWith('@customElement')) effects.push(node.getText());
    else if (node.parent === source && ts.isStatement(node) && !ts.isDeclarationStatement(node) && !ts.isVariableStatement(node) && !ts.isExportAssignment(node)) {
      effects.push(node.getText());
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(source, visit);
  return { imports, effects };
}

/** What breaks the rules in these files: path below src/ -> text. */
function problemsOf(files: Record<string, string>): string[] {
  return Object.entries(files).flatMap(([path, text]) => {
    const room = roomOf(path);
    if (!room) return [`${path}: no rule for this folder`];
    const { imports, effects } = read(path, text);
    const allowed = ({ target, kind }: { target: string; kind: Kind }): boolean => {
      if (!target.startsWith('npm:') && roomOf(target) === room) return true;
      return (rules[room] ?? []).some((rule) => {
        const [, name = '', only] = /^(.*?)(?::(type|lazy))?$/.exec(rule) ?? [];
        const same = name.startsWith('npm:') ? target === name || target.startsWith(`${name}/`) : target === name || roomOf(target) === name;
        // A type costs nothing at run time: where the value may be imported, so may the type.
        return same && (only === undefined || only === kind);
      });
    };
    return [
      ...imports.filter((one) => !allowed(one)).map(({ target, kind }) => `${path}: ${room} may not import ${target} (${kind})`),
      ...(room === 'define' || room === 'cdn' || room === 'server/reference/main' ? [] : effects.map((effect) => `${path}: has a side effect: ${effect.split('\n')[0] ?? ''}`)),
    ];
  });
}

describe('layers', () => {
  it('hold in src', () => {
    const paths = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
    assert.ok(paths.length > 10, 'the sources are found');
    assert.deepEqual(problemsOf(Object.fromEntries(paths.map((path) => [path.replaceAll('\\', '/'), readFileSync(`src/${path}`, 'utf8')]))), []);
  });

  it('hold in the server', () => {
    const paths = readdirSync('server/src', { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
    assert.ok(paths.length > 10, 'the sources are found');
    assert.deepEqual(problemsOf(Object.fromEntries(paths.map((path) => [`server/${path.replaceAll('\\', '/')}`, readFileSync(`server/src/${path}`, 'utf8')]))), []);
  });

  it('are reported where they do not hold', () => {
    const problems = (path: string, text: string): number => problemsOf({ [path]: text }).length;
    assert.equal(problems('client/a.ts', "import { LitElement } from 'lit';"), 1);
    assert.equal(problems('client/a.ts', "export { x } from '../lit/b.js';"), 1);
    assert.equal(problems('contract/a.ts', "import * as z from 'zod';"), 1);
    assert.equal(problems('contract/a.ts', "type T = import('../client/b.js').T;"), 1);
    assert.equal(problems('contract/a.ts', "import { suite } from './conformance/b.js';"), 1);
    assert.equal(problems('adapters/memory/a.ts', "import { x } from '../http/b.js';"), 1);
    assert.equal(problems('elements/account/a.ts', "import { x } from '../../adapters/memory/index.js';"), 1);
    assert.equal(problems('elements/account/a.ts', "import { create } from 'qrcode';"), 1);
    assert.equal(problems('elements/account/a.ts', "import { qr } from '../../ui/qr.js';"), 1);
    assert.equal(problems('loader.ts', "import './define/uf-account.js';"), 2);
    assert.equal(problems('ui/a.ts', "import { LocaleController } from '../lit/locale-controller.js';"), 1);
    assert.equal(problems('ui/a.ts', "import type { UfElement } from '../lit/uf-element.js';"), 1);
    assert.equal(problems('server/plugin/a.ts', "import { x } from '../reference/b.js';"), 1);
    assert.equal(problems('server/plugin/a.ts', "import { x } from '../../../src/client/b.js';"), 1);
    assert.equal(problems('unknown/a.ts', ''), 1);
    assert.equal(problems('elements/a.ts', "customElements.define('a-b', A);"), 1);
    assert.equal(problems('elements/a.ts', "import './b.js';"), 1);
    assert.equal(problems('elements/a.ts', "@customElement('a-b') class A {}"), 1);
  });

  it('allow what they are for', () => {
    assert.deepEqual(
      problemsOf({
        'contract/a.ts': "import * as z from 'zod/mini'; export const a = z.string();",
        'ui/a.ts': "import { html } from 'lit'; import type { LocaleController } from '../lit/locale-controller.js';",
        'elements/provider/a.ts': "export const load = () => import('../../adapters/http/index.js');",
        'define/a.ts': "import './b.js'; customElements.define('a-b', A);",
        'index.ts': "export { A } from './elements/a.js'; export type * from './contract/index.js';",
      }),
      [],
    );
  });
});
