import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { makeHttpAdapter } from '../../../src/adapters/http/adapter.js';
import { retryAfterOf } from '../../../src/adapters/http/answer.js';
import { Patience, usualTiming, type Timing } from '../../../src/adapters/http/patience.js';
import { createMemoryBackend } from '../../../src/adapters/memory/index.js';
import { SettingsError, type SettingsAdapter } from '../../../src/contract/index.js';
import { examples } from '../../../src/contract/examples.js';
import { httpBridge } from '../../support/http-bridge.js';
import { cut, failureOf, hang, json, kindOf, problem, raw, startServer, web, type Answer } from './support/server.js';

const server = await startServer();
/** No pause; a second of Retry-After is a millisecond. */
const quick: Timing = { ...usualTiming, backoff: 0, second: 1, longest: 3 };
const adapterWith = (timing: Partial<Timing> = {}): SettingsAdapter => makeHttpAdapter({ baseUrl: server.base, events: false }, { ...quick, ...timing });
const adapter = adapterWith();

const company = examples['company.get'].output;
const read = (): Promise<unknown> => adapter.call('company.get', undefined);
const write = (): Promise<unknown> => adapter.call('company.update', { name: 'A' }, { idempotencyKey: 'key', ifMatch: '1' });

/** How often the server was asked meanwhile. */
async function count(work: () => Promise<unknown>): Promise<number> {
  const before = server.seen.length;
  await work();
  return server.seen.length - before;
}

afterEach(() => {
  Reflect.deleteProperty(globalThis, 'navigator');
});

const failures: readonly (readonly [string, Answer, 'read' | 'both' | 'none'])[] = [
  ['a lost connection', cut, 'both'],
  ['502', raw(502, { 'Content-Type': 'text/html' }, '<h1>Bad gateway</h1>'), 'both'],
  ['503', problem(503, { code: 'unavailable' }), 'both'],
  ['504', raw(504, {}), 'both'],
  ['503 with Retry-After: 3', problem(503, {}, { 'Retry-After': '3' }), 'both'],
  ['429 with Retry-After: 0', problem(429, {}, { 'Retry-After': '0' }), 'read'],
  ['429 with Retry-After: 3', problem(429, { code: 'rate-limited', retryAfter: 3 }, { 'Retry-After': '3' }), 'read'],
  ['429 with a long Retry-After', problem(429, {}, { 'Retry-After': '4' }), 'none'],
  ['429 without Retry-After', problem(429), 'none'],
  ['503 with a long Retry-After', problem(503, {}, { 'Retry-After': '120' }), 'none'],
  ['500', problem(500, { code: 'unexpected' }), 'none'],
  ['501', problem(501, { code: 'unsupported' }), 'none'],
  ['400', problem(400, { code: 'malformed-body' }), 'none'],
  ['401', problem(401, { code: 'unauthenticated' }), 'none'],
  ['a step-up', problem(401, { code: 'step-up-required', methods: ['totp'], maxAge: 600 }), 'none'],
  ['403', problem(403, { code: 'forbidden' }), 'none'],
  ['404', problem(404, { code: 'not-found' }), 'none'],
  ['409', problem(409, { code: 'conflict' }), 'none'],
  ['412', problem(412, { code: 'stale', current: company }), 'none'],
];

describe('http adapter: trying again', () => {
  for (const [what, answer, who] of failures) {
    it(`${what}: ${{ none: 'nothing is tried again', read: 'a read is tried again, a write is not', both: 'reads and writes are tried again' }[who]}`, async () => {
      server.answers(answer, json(company));
      assert.equal(await count(who === 'none' ? () => failureOf(read()) : read), who === 'none' ? 1 : 2);
      server.answers(answer, json(company));
      assert.equal(await count(who === 'both' ? write : () => failureOf(write())), who === 'both' ? 2 : 1);
    });
  }

  it('a write whose first request is still being worked on is asked for again, under its key', async () => {
    const inFlight = problem(409, { code: 'idempotency-in-flight' });
    server.answers(inFlight, inFlight, inFlight, json(company));
    const before = server.seen.length;
    assert.deepEqual(await write(), company);
    assert.deepEqual(server.seen.slice(before).map(({ method, path, headers, body }) => [method, path, headers['idempotency-key'], headers['if-match'], body]), Array(4).fill(['PATCH', '/api/company', 'key', '"1"', '{"name":"A"}']));
  });

  it('a write without a key gets one, the same for all tries', async () => {
    server.answers(cut, cut, raw(204, {}));
    const before = server.seen.length;
    await adapter.call('auth.endStepUp', undefined);
    const keys = server.seen.slice(before).map(({ headers }) => headers['idempotency-key']);
    assert.equal(keys.length, 3);
    assert.ok(keys[0]);
    assert.equal(new Set(keys).size, 1);
  });

  it('a read that goes by POST is a read: tried again on a short 429, without a key', async () => {
    server.answers(problem(429, {}, { 'Retry-After': '1' }), json(examples['invitation.get'].output));
    const before = server.seen.length;
    await adapter.call('invitation.get', { token: 't' });
    assert.deepEqual(server.seen.slice(before).map(({ method, headers, body }) => [method, headers['idempotency-key'], body]), Array(2).fill(['POST', undefined, '{"token":"t"}']));
  });

  for (const [what, work] of [['read', read], ['write', write]] as const) {
    it(`a ${what} ends after four tries, as unavailable`, async () => {
      server.answers(cut);
      assert.equal(await count(async () => { assert.equal(await kindOf(work()), 'unavailable'); }), 4);
      server.answers(raw(503, {}));
      assert.equal(await count(async () => { assert.equal(await kindOf(work()), 'unavailable'); }), 4);
    });
  }

  it('an answer after failures that differ is the answer', async () => {
    server.answers(cut, problem(503), problem(403, { code: 'forbidden' }));
    assert.equal(await kindOf(write()), 'forbidden');
  });

  it('a redirect is followed by nothing, neither for a read nor for a write', async () => {
    for (const work of [read, write]) {
      for (const status of [301, 302, 307, 308]) {
        const before = server.seen.length;
        server.answers(raw(status, { Location: `${server.origin}/elsewhere` }));
        assert.equal(await kindOf(work()), 'unavailable');
        assert.ok(server.seen.slice(before).every(({ path }) => path === '/api/company'));
      }
    }
  });
});

describe('http adapter: a write has its effect once', () => {
  const backend = createMemoryBackend();
  const session = backend.connect().adapter;
  const serve = web(server.origin, httpBridge('/api', () => session));
  /** The server does it; its answer is lost on the way. */
  const committed: Answer = async (response, seen) => {
    const handle = httpBridge('/api', () => session);
    await (await handle(new Request(server.origin + seen.path, { method: seen.method, headers: seen.headers as Record<string, string>, body: seen.body || null }))).text();
    response.destroy();
  };
  const mailsTo = (to: string): number => backend.outbox.mails.filter((mail) => mail.to === to).length;

  it('when the connection is lost after the server did it', async () => {
    server.answers(committed, committed, serve);
    assert.equal(await count(async () => {
      const { results } = await adapter.call('team.invite', { invitations: [{ email: 'once@example.com', role: 'member' }] });
      assert.equal(results[0]?.outcome, 'sent');
    }), 3);
    assert.equal(mailsTo('once@example.com'), 1);
  });

  it('when it is lost before the server had it', async () => {
    server.answers(cut, cut, serve);
    await adapter.call('team.invite', { invitations: [{ email: 'twice@example.com', role: 'member' }] });
    assert.equal(mailsTo('twice@example.com'), 1);
  });

  it('with its version, though the first try has made that one old', async () => {
    server.answers(serve);
    const { version } = await adapter.call('company.get', undefined);
    server.answers(committed, serve);
    const saved = await adapter.call('company.update', { name: 'Once' }, { idempotencyKey: 'versioned', ifMatch: version });
    assert.equal(saved.name, 'Once');
    const now = await adapter.call('company.get', undefined);
    assert.equal(now.version, saved.version);
  });

  it('when all answers are lost, and the person presses Save again', async () => {
    server.answers(committed);
    const invite = (): Promise<unknown> => adapter.call('team.invite', { invitations: [{ email: 'thrice@example.com', role: 'member' }] }, { idempotencyKey: 'pressed-twice' });
    assert.equal(await kindOf(invite()), 'unavailable');
    server.answers(serve);
    await invite();
    assert.equal(mailsTo('thrice@example.com'), 1);
  });
});

describe('http adapter: Retry-After', () => {
  const sent = 'Sat, 28 Nov 2026 12:00:00 GMT';
  for (const [what, headers, seconds] of [
    ['seconds', { 'Retry-After': '120' }, 120],
    ['seconds, with space', { 'Retry-After': ' 5 ' }, 5],
    ['a date, by the clock of the server', { 'Retry-After': 'Sat, 28 Nov 2026 12:00:07 GMT', Date: sent }, 7],
    ['a date in the past', { 'Retry-After': 'Sat, 28 Nov 2026 11:00:00 GMT', Date: sent }, 0],
    ['absent', {}, undefined],
    ['negative', { 'Retry-After': '-5' }, undefined],
    ['a word', { 'Retry-After': 'soon' }, undefined],
    ['a word and a number', { 'Retry-After': 'may 5' }, undefined],
    ['a date that is none', { 'Retry-After': 'Sat, 99 Nov 2026 12:00:07 GMT' }, undefined],
    ['empty', { 'Retry-After': '' }, undefined],
    ['absurd: a century', { 'Retry-After': '3155760000' }, 86_400],
    ['absurd: no number has so many digits', { 'Retry-After': '9'.repeat(400) }, 86_400],
    ['absurd: a date in the year 9999', { 'Retry-After': 'Fri, 31 Dec 9999 23:59:59 GMT', Date: sent }, 86_400],
  ] as const) {
    it(`${what}: ${seconds ?? 'no'} seconds for the person to read`, async () => {
      server.answers(problem(429, { code: 'rate-limited' }, headers));
      const { kind, retryAfter } = await failureOf(write());
      assert.deepEqual({ kind, retryAfter }, { kind: 'rate-limited', retryAfter: seconds });
    });
  }

  it('as a date without the server’s clock goes by that of this machine', () => {
    const inTen = new Date(Date.now() + 10_000).toUTCString();
    const seconds = retryAfterOf(new Headers({ 'Retry-After': inTen }));
    assert.ok(seconds !== undefined && seconds >= 9 && seconds <= 10, String(seconds));
  });

  it('in the problem wins over the header, and is capped too', async () => {
    server.answers(problem(429, { code: 'rate-limited', retryAfter: 1_000_000_000 }, { 'Retry-After': '1' }));
    assert.equal((await failureOf(write())).retryAfter, 86_400);
  });
});

describe('http adapter: patience', () => {
  const unavailable = new SettingsError('unavailable');

  it('has pauses that grow, each a random part of the longest', () => {
    const { random } = Math;
    try {
      Math.random = () => 0.5;
      const patience = new Patience('write', usualTiming);
      assert.deepEqual([1, 2, 3, 4].map(() => patience.pauseAfter(unavailable)), [150, 300, 600, undefined]);
      Math.random = () => 0;
      assert.equal(new Patience('read', usualTiming).pauseAfter(unavailable), 0);
    } finally {
      Math.random = random;
    }
  });

  it('waits at least as long as the server asks', () => {
    const pause = new Patience('read', usualTiming).pauseAfter(new SettingsError('rate-limited', '', { retryAfter: 2 }));
    assert.ok(pause !== undefined && pause >= 2000 && pause <= 2300, String(pause));
  });

  it('leaves a wait of more than three seconds to the person, and one that does not fit into the time of the call', () => {
    assert.equal(new Patience('read', usualTiming).pauseAfter(new SettingsError('unavailable', '', { retryAfter: 4 })), undefined);
    assert.equal(new Patience('read', { ...usualTiming, total: 1000 }).pauseAfter(new SettingsError('unavailable', '', { retryAfter: 2 })), undefined);
  });

  it('ends within the ten seconds that everything has to end in, and before the client gives up at nine', () => {
    assert.ok(usualTiming.total < 9000);
    assert.ok(usualTiming.attempt < usualTiming.total);
  });
});

describe('http adapter: time', () => {
  it('a hang ends as unavailable; a try that hangs is given up and made again', async () => {
    server.answers(hang);
    const impatient = adapterWith({ attempt: 40, total: 2000 });
    assert.equal(await count(async () => { assert.equal(await kindOf(impatient.call('company.get', undefined)), 'unavailable'); }), 4);
    server.answers(hang, json(company));
    assert.deepEqual(await adapterWith({ attempt: 300 }).call('company.update', { name: 'A' }), company);
  });

  it('a hang in the middle of the body is one, too', async () => {
    const half: Answer = (response) => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 100 }).write('{"id"');
    };
    server.answers(half, json(company));
    assert.deepEqual(await adapterWith({ attempt: 300 }).call('company.get', undefined), company);
  });

  it('the time of all tries together has an end', async () => {
    server.answers(hang);
    const error = await failureOf(adapterWith({ attempt: 5000, total: 60 }).call('company.get', undefined));
    assert.equal(error.kind, 'unavailable');
    assert.match(error.message, /did not answer within 0.06 s/);
    server.answers(problem(503));
    assert.equal(await kindOf(adapterWith({ backoff: 1e6, total: 60 }).call('company.get', undefined)), 'unavailable');
  });
});

describe('http adapter: an abort', () => {
  /** Hangs, and tells when a request has come, and when its connection was closed. */
  function watched(): { answer: Answer; came: Promise<void>; closed: Promise<void> } {
    let tellCame: (() => void) | undefined;
    let tellClosed: (() => void) | undefined;
    const came = new Promise<void>((resolve) => { tellCame = resolve; });
    const closed = new Promise<void>((resolve) => { tellClosed = resolve; });
    return {
      answer: (response) => {
        response.on('close', () => tellClosed?.());
        tellCame?.();
      },
      came,
      closed,
    };
  }

  it('under way rejects as aborted and closes the connection, without another try', async () => {
    const { answer, came, closed } = watched();
    server.answers(answer);
    const controller = new AbortController();
    const asked = await count(async () => {
      const call = kindOf(adapter.call('company.update', { name: 'A' }, { signal: controller.signal }));
      await came;
      controller.abort();
      assert.equal(await call, 'aborted');
      await closed;
    });
    assert.equal(asked, 1);
  });

  it('with a reason of ours rejects with that', async () => {
    const { answer, came } = watched();
    server.answers(answer);
    const controller = new AbortController();
    const call = kindOf(adapter.call('company.get', undefined, { signal: controller.signal }));
    await came;
    controller.abort(new SettingsError('unavailable'));
    assert.equal(await call, 'unavailable');
  });

  it('during a pause ends the pause, and nothing more is sent', async () => {
    const { random } = Math;
    Math.random = () => 1;
    try {
      const controller = new AbortController();
      const patient = adapterWith({ backoff: 2000 });
      let answered: (() => void) | undefined;
      const first = new Promise<void>((resolve) => { answered = resolve; });
      server.answers((response, seen) => {
        response.on('finish', () => answered?.());
        void problem(503)(response, seen);
      });
      const asked = await count(async () => {
        const call = kindOf(patient.call('company.get', undefined, { signal: controller.signal }));
        await first;
        controller.abort();
        assert.equal(await call, 'aborted');
      });
      assert.equal(asked, 1);
    } finally {
      Math.random = random;
    }
  });

  it('before the call sends nothing, not even for a token', async () => {
    let tokens = 0;
    const bearing = makeHttpAdapter({ baseUrl: server.base, getToken: () => { tokens++; return 't'; } }, quick);
    assert.equal(await count(async () => { assert.equal(await kindOf(bearing.call('company.get', undefined, { signal: AbortSignal.abort() })), 'aborted'); }), 0);
    assert.equal(tokens, 0);
  });
});

describe('http adapter: offline', () => {
  const goOffline = (): void => {
    Object.defineProperty(globalThis, 'navigator', { value: { onLine: false }, configurable: true });
  };
  const goesAway: Answer = (response, seen) => {
    goOffline();
    void cut(response, seen);
  };

  it('is said without a request, when the browser knows', async () => {
    goOffline();
    assert.equal(await count(async () => { assert.equal(await kindOf(write()), 'offline'); }), 0);
  });

  it('is said of a read that the network left, and not tried again', async () => {
    server.answers(goesAway);
    assert.equal(await count(async () => { assert.equal(await kindOf(read()), 'offline'); }), 1);
  });

  it('is not said of a write that was sent: "nothing was sent" might be wrong', async () => {
    server.answers(goesAway);
    assert.equal(await kindOf(write()), 'unavailable');
  });
});
