import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { randomToken } from '@userflux/settings/rules';
import { openDatabase } from '../../../server/src/reference/database.js';
import { codeOf, SECRETS } from '../../contract/support/memory-harness.js';
import type { Visitor } from '../support/server-harness.js';
import { call, codeOfReply, field, hangUp, tally, type Reply } from '../support/stranger.js';
import { bundleServer, seededFolder, startChild, type Child } from './support.js';

const KILLS = 20;

/** mulberry32: the same seed kills at the same counts. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

let bundle: Awaited<ReturnType<typeof bundleServer>>;
before(async () => {
  bundle = await bundleServer();
});
after(() => {
  hangUp();
  bundle.remove();
});

/** The server that is up now; writers wait here for the next one. */
class Life {
  #url: Promise<string>;
  #resolve: (url: string) => void = () => undefined;

  constructor() {
    this.#url = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  begin(url: string): void {
    this.#resolve(url);
  }

  end(): void {
    this.#url = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  get url(): Promise<string> {
    return this.#url;
  }
}

interface Ledger {
  acknowledged: number;
  retried: number;
  /** Answers that no crash explains. */
  wrong: string[];
}

describe('kill -9 under writes, on SQLite', () => {
  it(`loses nothing that it acknowledged and doubles nothing, killed ${String(KILLS)} times`, async (context) => {
    const seed = Date.now() % 1_000_000;
    context.diagnostic(`seed ${String(seed)}`);
    const random = numbers(seed);
    const { folder, visitors, remove } = await seededFolder(['ada@example.com', 'mary@example.com', 'charles@example.com']);
    const [ada, mary, charles] = visitors as [Visitor, Visitor, Visitor];
    const life = new Life();
    const ledger: Ledger = { acknowledged: 0, retried: 0, wrong: [] };
    let stopping = false;
    let kills = 0;
    let killAt = Infinity;
    let killNow = (): void => undefined;

    const acknowledged = (): void => {
      ledger.acknowledged++;
      if (ledger.acknowledged >= killAt) killNow();
    };

    /** Sends until it is answered, under one key: what a client does whose answer was lost. */
    const until = async (send: (url: string) => Promise<Reply>): Promise<Reply> => {
      for (let tries = 0; ; tries++) {
        const url = await life.url;
        try {
          const reply = await send(url);
          if (tries > 0) ledger.retried++;
          return reply;
        } catch (error) {
          const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
          if (!['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'HPE_INVALID_CONSTANT'].includes(code)) throw error;
          // The next server, unless this one still answers the others.
          await new Promise((resolve) => setImmediate(resolve));
        }
      }
    };

    const emails: string[] = [];
    const inviting = async (): Promise<void> => {
      while (!stopping) {
        const email = `${randomToken().toLowerCase()}@example.net`;
        const key = randomToken();
        const reply = await until((url) => call({ url }, ada, 'team.invite', { invitations: [{ email, role: 'member' }] }, { key }));
        const outcome = (field(reply, 'results') as { outcome: string }[] | undefined)?.[0]?.outcome;
        // Done twice, the second would say "already invited".
        if (outcome !== 'sent') ledger.wrong.push(`team.invite: ${codeOfReply(reply)} ${String(outcome)}`);
        emails.push(email);
        acknowledged();
      }
    };

    /** Each write carries the version that the one before it answered: one that was lost, or done twice, is stale at the next. */
    const chain = async (visitor: Visitor, operation: 'profile.update' | 'company.update', first: Reply): Promise<string> => {
      let version = String(field(first, 'version'));
      let name = String(field(first, 'name'));
      for (let count = 0; !stopping; count++) {
        const next = `${operation} ${String(count)}`;
        const key = randomToken();
        const ifMatch = `"${version}"`;
        const reply = await until((url) => call({ url }, visitor, operation, { name: next }, { key, ifMatch }));
        if (reply.status !== 200) {
          ledger.wrong.push(`${operation} ${String(count)}: ${codeOfReply(reply)}`);
          return name;
        }
        name = next;
        version = String(field(reply, 'version'));
        acknowledged();
      }
      return name;
    };

    let server: Child = await startChild(bundle.file, { port: 0, dataFolder: folder });
    const [person, company] = [await call(server, mary, 'profile.update', { name: 'begin' }), await call(server, charles, 'company.update', { name: 'begin' })];
    life.begin(server.url);
    const work = Promise.all([inviting(), inviting(), chain(mary, 'profile.update', person), chain(charles, 'company.update', company)]);
    const failed = work.then(
      () => undefined,
      (error: unknown) => error,
    );
    while (kills < KILLS) {
      await new Promise<void>((resolve, reject) => {
        killNow = resolve;
        killAt = ledger.acknowledged + 1 + random(30);
        void failed.then(reject);
      });
      killAt = Infinity;
      // Not at the end of a write, but somewhere inside the next ones.
      for (let turns = random(40); turns > 0; turns--) await new Promise((resolve) => setImmediate(resolve));
      life.end();
      await server.kill();
      kills++;
      server = await startChild(bundle.file, { port: 0, dataFolder: folder });
      life.begin(server.url);
    }
    stopping = true;
    const [, , name, companyName] = await work;
    await server.kill();

    const database = openDatabase({ databaseUrl: undefined, dataFolder: folder, log: () => undefined });
    const rows = await database.db.selectFrom('invitation').select('email').where('email', 'like', '%@example.net').execute();
    const mails = await database.db.selectFrom('settingsMail').select('to').where('to', 'like', '%@example.net').execute();
    const events = await database.db.selectFrom('settingsEvent').select('id').where('action', '=', 'team.invite').where('names', 'like', '%@example.net%').execute();
    const saved = [await database.db.selectFrom('user').select('name').where('email', '=', 'mary@example.com').executeTakeFirst(), await database.db.selectFrom('organization').select('name').where('id', '=', 'org-analytical').executeTakeFirst()];
    await database.close();
    remove();
    context.diagnostic(`${String(ledger.acknowledged)} writes acknowledged, ${String(ledger.retried)} of them after a lost answer, ${String(kills)} kills`);
    assert.deepEqual(ledger.wrong, []);
    assert.ok(ledger.retried >= KILLS, 'the kills hit writes under way');
    // The same names once each: none lost, none doubled, and with each its mail and its record.
    assert.deepEqual(rows.map(({ email }) => email).sort(), [...emails].sort());
    assert.deepEqual(mails.map(({ to }) => to).sort(), [...emails].sort());
    assert.equal(events.length, emails.length);
    assert.deepEqual(saved.map((row) => row?.name), [name, companyName]);
  });
});

describe('two processes on one SQLite file', () => {
  it('are one server: a code is good once, guesses have one count, a key has one effect', async () => {
    const { folder, visitors, remove } = await seededFolder(['ada@example.com', 'charles@example.com'], 'settings-two-');
    const [ada, charles] = visitors as [Visitor, Visitor];
    const servers = await Promise.all([startChild(bundle.file, { port: 0, dataFolder: folder }), startChild(bundle.file, { port: 0, dataFolder: folder })]);
    const each = (count: number, make: (server: Child, index: number) => Promise<Reply>): Promise<Reply[]> => Promise.all(Array.from({ length: count }, (_, index) => make(servers[index % 2] ?? servers[0], index)));
    try {
      const code = codeOf(SECRETS.owner ?? '', Date.now());
      const steps = tally(await each(100, (server) => call(server, ada, 'auth.stepUp', { method: 'totp', code })), codeOfReply);
      assert.equal(steps['200'], 1, JSON.stringify(steps));
      assert.deepEqual(Object.keys(steps).filter((outcome) => !['200', '403 wrong-credential', '429 rate-limited'].includes(outcome)), []);

      const near = [-1, 0, 1].map((step) => codeOf(SECRETS.admin ?? '', Date.now() + step * 30_000));
      const wrong = ['000001', '000002', '000003', '000004'].find((each) => !near.includes(each)) ?? '';
      const guesses = tally(await each(100, (server) => call(server, charles, 'auth.stepUp', { method: 'totp', code: wrong })), codeOfReply);
      assert.deepEqual(guesses, { '403 wrong-credential': 5, '429 rate-limited': 95 });

      const invited = await each(60, (server) => call(server, ada, 'team.invite', { invitations: [{ email: 'once@example.net', role: 'member' }] }, { key: 'one' }));
      assert.deepEqual(tally(invited, (reply) => `${codeOfReply(reply)} ${String((field(reply, 'results') as { outcome: string }[] | undefined)?.[0]?.outcome)}`), { '200 sent': 60 });
      assert.equal(new Set(invited.map(({ text }) => text)).size, 1);
    } finally {
      await Promise.all(servers.map((server) => server.kill()));
      remove();
    }
  });
});
