import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import Database from 'libsql';
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

  it('shows an answer nowhere but behind its command', () => {
    assert.deepEqual(blocks.filter(({ language }, index) => language === 'http' && blocks[index - 1]?.language !== 'sh').map(({ line }) => line), []);
  });

  it('shows hints of reads that there are', () => {
    const [hint, ...others] = blocks.filter(({ language }) => language === 'text');
    const { reads } = JSON.parse(/^data: (.*)\n$/.exec(hint?.text ?? '')?.[1] ?? '{}') as { reads: string[] };
    assert.ok(reads.length > 0 && others.length === 0);
    for (const name of reads) assert.ok(operationNames.some((known) => known === name), name);
  });

  describe('its SQL', () => {
    const statementsOf = (word: string): string => blocks.find(({ language, text: sql }) => language === 'sql' && sql.includes(word))?.text.replaceAll(/--.*/g, '').replaceAll('…', '*') ?? '';
    const open = (tables: string): InstanceType<typeof Database> => {
      const database = new Database(':memory:');
      database.exec(tables);
      return database;
    };

    it('saves one of two changes of the same version', () => {
      const database = open("create table company (id, name, version); insert into company values (1, 'Engines', 7)");
      const update = database.prepare(statementsOf('update company'));
      assert.equal(update.run({ id: 1, name: 'Ada', if_match: 7 }).changes, 1);
      assert.equal(update.run({ id: 1, name: 'Mary', if_match: 7 }).changes, 0);
    });

    it('has one effect for one key', () => {
      const database = open('create table writes (id primary key, fingerprint, at, answer)');
      // Here a hash is what it is made of, and now is any time.
      const [, insert = '', update = '', last] = statementsOf('insert into writes').replaceAll('hash(', 'json_array(').replaceAll('now()', '1').split(';').map((one) => one.replaceAll('*', '').trim());
      assert.equal(last, 'commit');
      const write = { person: 'ada', key: 'k1', operation: 'company.update', input: 'x' };
      assert.equal(database.prepare(insert).run(write).changes, 1);
      assert.equal(database.prepare(update).run({ person: 'ada', key: 'k1', answer: 'a' }).changes, 1);
      assert.equal(database.prepare(insert).run(write).changes, 0);
      assert.equal(database.prepare(insert).run({ ...write, person: 'mary' }).changes, 1);
    });

    it('pages without missing or doubling a row', () => {
      const database = open("create table team (organisation_id, id, name_key); insert into team values (1, 1, 'ada'), (1, 2, 'ada'), (1, 3, 'mary'), (2, 4, 'ada')");
      const rows = database.prepare(statementsOf('from team')).all({ organisation: 1, name_of_the_last_row: 'ada', id_of_the_last_row: 1, limit: 1 }) as { id: number }[];
      assert.deepEqual(rows.map(({ id }) => id), [2, 3]);
    });

    it('takes a code once', () => {
      const database = open('create table second_factors (person_id, last_step); insert into second_factors values (1, 5)');
      const take = database.prepare(statementsOf('update second_factors'));
      assert.deepEqual([6, 6, 5, 7].map((step) => take.run({ person: 1, step }).changes), [1, 0, 0, 1]);
    });

    it('is all of it', () => {
      assert.equal(blocks.filter(({ language }) => language === 'sql').length, 4);
    });
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
