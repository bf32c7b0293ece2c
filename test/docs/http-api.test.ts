import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { startServer } from '../../server/src/reference/start.js';
import { operationNames } from '../../src/contract/index.js';
import { routeOf } from '../../src/contract/http/index.js';
import { responseDifferences } from './support/http-text.js';
import { blocksOf } from './support/markdown.js';
import { runInShell } from './support/shell.js';

const text = readFileSync(new URL('../../docs/http-api.md', import.meta.url), 'utf8');
const blocks = blocksOf(text);
const commands = blocks.filter(({ language }) => language === 'sh');

/** The answer that is shown right behind a command. */
const answerOf = (command: (typeof commands)[number]): (typeof commands)[number] | undefined => {
  const next = blocks[blocks.indexOf(command) + 1];
  return next?.language === 'http' ? next : undefined;
};

const has = (program: string): boolean => spawnSync(program, ['--version']).status === 0;
const missing = ['curl', 'jq', 'bash'].filter((program) => !has(program));

/** oathtool for machines that have none: the same arguments, the codes from the npm package otpauth. */
function addOathtool(folder: string): void {
  const file = join(folder, 'oathtool');
  const otpauth = pathToFileURL(join(process.cwd(), 'node_modules/otpauth/dist/otpauth.node.mjs')).href;
  const program = `import(${JSON.stringify(otpauth)}).then(({ Secret, TOTP }) => console.log(new TOTP({ secret: Secret.fromBase32(process.argv.at(-1)) }).generate()));`;
  writeFileSync(file, `#!/usr/bin/env node\n${program}\n`, { mode: 0o755 });
}

describe('docs/http-api.md', { skip: missing.length > 0 && `needs ${missing.join(', ')}` }, () => {
  let outputs: string[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'http-api-'));

  before(async () => {
    if (!has('oathtool')) addOathtool(folder);
    const server = await startServer({ port: 0, dataFolder: join(folder, 'data'), log: () => undefined });
    try {
      const ran = await runInShell(commands.map((command) => command.text), { ...process.env, ORIGIN: server.url, TMPDIR: folder, PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}` });
      ({ outputs } = ran);
      const failed = commands[outputs.length - 1];
      assert.equal(ran.status, 0, `the block of line ${failed?.line ?? '?'} failed: ${ran.errors}\n${outputs.at(-1) ?? ''}`);
    } finally {
      await server.close();
    }
  });

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  for (const [index, command] of commands.entries()) {
    const answer = answerOf(command);
    if (!answer) continue;
    it(`line ${command.line}: ${command.text.trim().split('\n').at(-1)?.trim() ?? ''} answers as shown`, () => {
      assert.deepEqual(responseDifferences(answer.text, outputs[index] ?? ''), []);
    });
  }

  it('shows an answer to most of its requests', () => {
    assert.ok(commands.filter(answerOf).length > 25);
  });
});

describe('docs/http-api.md, as a text', () => {
  it('names every operation or its path', () => {
    assert.deepEqual(operationNames.filter((name) => !text.includes(`\`${name}\``) && !text.includes(routeOf(name).path.replace(/\{\w+\}.*/, ''))), []);
  });

  it('would be found out if an answer were another', () => {
    const shown = 'HTTP/1.1 200 OK\nETag: "…"\n\n{ "a": "x…", "list": [1, "…"], "n": …, "…": "…" }\n';
    const was = (body: string, head = 'ETag: "7"'): number => responseDifferences(shown, `HTTP/1.1 200 OK\r\n${head}\r\n\r\n${body}`).length;
    assert.equal(was('{"a":"xyz","list":[1,2,3],"n":5,"more":true}'), 0);
    assert.equal(was('{"a":"abc","list":[1],"n":5}'), 1);
    assert.equal(was('{"a":"x","list":[2],"n":5}'), 1);
    assert.equal(was('{"a":"x","list":[1]}'), 1);
    assert.equal(was('{"a":"x","list":[1],"n":5}', 'Age: 1'), 1);
    assert.equal(responseDifferences(shown, 'HTTP/1.1 404 Not Found\r\n\r\n').length, 1);
    assert.equal(responseDifferences('HTTP/1.1 200 OK\n\n{ "a": 1 }', 'HTTP/1.1 200 OK\r\n\r\n{"a":1,"b":2}').length, 1);
  });
});
