/**
 * Every write of the operations table, in a process that is killed just before the commit and again just after it, before anybody is told. What comes
 * under the same key then has the effect once. By the recipes of the conformance suite: a write without one does not compile.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { rowOf, type WriteOperation } from '@userflux/settings/contract';
import { sql } from 'kysely';
import { openDatabase } from '../../../server/src/reference/database.js';
import { startServer } from '../../../server/src/reference/start.js';
import { isEqual, newKey } from '../../../src/contract/conformance/expect.js';
import { recipeOf } from '../../../src/contract/conformance/recipes.js';
import { prepare, writes, type Prepared } from '../../../src/contract/conformance/writes.js';
import { testClock } from '../../contract/support/clock.js';
import { conformanceWorld } from '../../contract/support/memory-harness.js';
import { adapterOf, conformanceFolders, openWorld, type Visitor } from '../support/server-harness.js';
import { call, codeOfReply, hangUp, type Reply } from '../support/stranger.js';
import type { Brink } from './brink.js';
import { bundleServer, startBrink, type Servers } from './support.js';

/** The same for all processes of a world: passkeys are bound to it. */
const SITE = 'http://localhost';

/** What stands in the database, as rows by their table. */
type Tables = Readonly<Record<string, readonly string[]>>;

interface Killed {
  readonly operation: WriteOperation;
  readonly prepared: Prepared;
  readonly visitor: Visitor;
  readonly key: string;
  readonly dataFolder: string;
  readonly now: number;
  /** What reads showed before the write. */
  readonly shown: unknown;
  /** What stood in the database: before the write, after each kill, and after the repeats. */
  readonly stood: Record<'begun' | 'killed before' | 'killed after' | 'repeated', Tables>;
  /** The answers that came from servers that should have been killed first. */
  readonly early: string[];
  readonly answers: Reply[];
  /** Afterwards, as another process reads it. */
  shownAfter: unknown;
}

/** A try is counted whatever becomes of it; when somebody was last seen is no part of what they did. */
const BESIDE: readonly string[] = ['settingsAttempt'];

async function tablesIn(dataFolder: string): Promise<Tables> {
  const { db, close } = openDatabase({ databaseUrl: undefined, dataFolder, log: () => undefined });
  const { rows } = await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(db);
  const tables: Record<string, string[]> = {};
  for (const { name } of rows) {
    const { rows: all } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(db);
    if (!BESIDE.includes(name)) tables[name] = all.map((row) => JSON.stringify({ ...row, lastSeenMoment: undefined })).sort();
  }
  await close();
  return tables;
}

/** The rows that came and went in between, with their tables. */
function difference(earlier: Tables, later: Tables): string[] {
  const lines = (tables: Tables): string[] => Object.entries(tables).flatMap(([name, rows]) => rows.map((row) => `${name} ${row}`));
  const [before, now] = [new Set(lines(earlier)), new Set(lines(later))];
  return [...[...before].filter((line) => !now.has(line)).map((line) => `- ${line}`), ...[...now].filter((line) => !before.has(line)).map((line) => `+ ${line}`)];
}

/** Sends the write to each server, and kills the process when all have stopped on the way. */
async function killAll(file: string, all: readonly Killed[], stopAt: Brink): Promise<void> {
  const servers = await begin(file, all, stopAt);
  const sent = all.map(({ operation, prepared, visitor, key, early }, index) =>
    send(servers, index, { operation, prepared, visitor, key }).then(
      (reply) => {
        early.push(`${codeOfReply(reply)} ${reply.text}`);
        servers.count();
      },
      () => undefined,
    ),
  );
  await servers.stopped(all.length);
  await servers.kill();
  await Promise.all(sent);
}

const begin = (file: string, all: readonly Killed[], stopAt: Brink): Promise<Servers> =>
  startBrink(file, { stopAt, servers: all.map(({ dataFolder, now }) => ({ dataFolder, now, publicUrl: SITE })) });

function send(servers: Servers, index: number, { operation, prepared, visitor, key }: Pick<Killed, 'operation' | 'prepared' | 'visitor' | 'key'>): Promise<Reply> {
  const { input, ifMatch } = prepared;
  return call({ url: servers.urls[index] ?? '' }, visitor, operation, { ...(input as Record<string, unknown> | undefined) }, { key, headers: { origin: SITE }, ...(ifMatch !== undefined && { ifMatch: `"${ifMatch}"` }) });
}

describe('each write, in a process that is killed in the middle of it, on SQLite', () => {
  const all: Killed[] = [];
  let remove = (): void => undefined;

  before(async () => {
    const [bundle, folders] = await Promise.all([bundleServer('brink.ts'), conformanceFolders()]);
    remove = () => {
      hangUp();
      bundle.remove();
      folders.remove();
    };
    for (const operation of writes) all.push(await arrange(operation, folders.copy(operation)));
    await killAll(bundle.file, all, 'before the commit');
    for (const one of all) one.stood['killed before'] = await tablesIn(one.dataFolder);
    await killAll(bundle.file, all, 'after the commit');
    for (const one of all) one.stood['killed after'] = await tablesIn(one.dataFolder);
    const servers = await begin(bundle.file, all, 'nowhere');
    for (const [index, one] of all.entries()) {
      for (let repeat = 0; repeat < 2; repeat++) one.answers.push(await send(servers, index, one));
      one.shownAfter = await one.prepared.effect?.(adapterOf({ url: SITE, listensAt: servers.urls[index] ?? '' }, one.visitor));
    }
    await servers.kill();
    for (const one of all) one.stood.repeated = await tablesIn(one.dataFolder);
  });
  after(() => {
    remove();
  });

  for (const operation of writes) {
    it(`${operation} has its effect once, and its answer`, () => {
      const one = all.find((each) => each.operation === operation);
      assert.ok(one);
      const { stood, early, answers, prepared, shown, shownAfter } = one;
      assert.deepEqual(early, [], 'it was killed before it answered');
      assert.deepEqual(difference(stood.begun, stood['killed before']), [], 'nothing stands of what was not committed');
      assert.equal(stood['killed after']['settingsWrite']?.length, (stood.begun['settingsWrite']?.length ?? 0) + 1, 'what was committed stands, with its key');
      assert.deepEqual(difference(stood['killed after'], stood.repeated), [], 'the repeats changed nothing');
      for (const answer of answers) {
        assert.ok(answer.status < 300, `the repeat: ${codeOfReply(answer)} ${answer.text}`);
        assert.ok(rowOf(operation).output.safeParse(answer.body).success, answer.text);
      }
      if (recipeOf(operation).once !== true) assert.equal(answers[1]?.text, answers[0]?.text);
      if (prepared.effect) assert.ok(!isEqual(shownAfter, shown), 'reads show it');
      const { mailsTo } = prepared;
      const mails = (tables: Tables): number => (tables['settingsMail'] ?? []).filter((mail) => (JSON.parse(mail) as { to: string }).to === mailsTo).length;
      if (mailsTo !== undefined) assert.equal(mails(stood.repeated) - mails(stood.begun), 1, 'its mail goes out once');
    });
  }
});

/** A world in which the write succeeds now, at rest. */
async function arrange(operation: WriteOperation, dataFolder: string): Promise<Killed> {
  const clock = testClock();
  const server = await startServer({ port: 0, dataFolder, publicUrl: SITE, world: conformanceWorld(), clock, log: () => undefined });
  const world = await openWorld(server, clock, () => server.close());
  try {
    const prepared = await prepare(world, operation);
    const shown = await prepared.effect?.(prepared.session);
    const none: Tables = {};
    return { operation, prepared, shown, visitor: await world.visitor(recipeOf(operation).role), key: newKey(), dataFolder, now: clock(), early: [], answers: [], shownAfter: undefined, stood: { begun: await tablesIn(dataFolder), 'killed before': none, 'killed after': none, repeated: none } };
  } finally {
    await world.dispose();
  }
}
