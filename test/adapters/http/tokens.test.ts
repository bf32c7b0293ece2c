import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import { makeHttpAdapter } from '../../../src/adapters/http/adapter.js';
import { usualTiming } from '../../../src/adapters/http/patience.js';
import { SettingsError, type SettingsAdapter } from '../../../src/contract/index.js';
import { examples } from '../../../src/contract/examples.js';
import type { GetToken } from '../../../src/adapters/http/tokens.js';
import { failureOf, json, kindOf, problem, startServer, type Answer } from './support/server.js';

const server = await startServer();
const company = examples['company.get'].output;

const adapterWith = (getToken: GetToken): SettingsAdapter => makeHttpAdapter({ baseUrl: server.base, getToken, events: false }, { ...usualTiming, backoff: 0 });
const refused = problem(401, { code: 'unauthenticated' });
const bearer = (index = -1): string | undefined => server.seen.at(index)?.headers['authorization'];

/** A host with a token that the server takes or not. */
function host(): { getToken: GetToken; asked: boolean[]; token: string | null; next: () => string | null } {
  const self = {
    asked: [] as boolean[],
    token: 'old' as string | null,
    next: () => `new-${self.asked.filter(Boolean).length}` as string | null,
    getToken: async ({ refresh }: { refresh: boolean }) => {
      self.asked.push(refresh);
      if (refresh) {
        await new Promise(setImmediate);
        self.token = self.next();
      }
      return self.token;
    },
  };
  return self;
}

/** Takes every token but the old one. */
const guard: Answer = (response, seen) => (seen.headers['authorization'] === 'Bearer old' ? refused : json(company))(response, seen);

describe('http adapter: bearer tokens', () => {
  it('are asked for before each request, so that a change of person is seen', async () => {
    const one = host();
    server.answers(json(company));
    const adapter = adapterWith(one.getToken);
    await adapter.call('company.get', undefined);
    assert.equal(bearer(), 'Bearer old');
    one.token = 'of somebody else';
    await adapter.call('company.get', undefined);
    assert.equal(bearer(), 'Bearer of somebody else');
    one.token = null;
    await adapter.call('company.get', undefined);
    assert.equal(bearer(), undefined);
    assert.deepEqual(one.asked, [false, false, false]);
  });

  it('never stand in a URL or a body', async () => {
    server.answers(json(company));
    await adapterWith(() => 'hush').call('company.update', { name: 'A' });
    const { path, body } = server.seen.at(-1) ?? assert.fail();
    assert.doesNotMatch(path + body, /hush/);
  });

  it('are renewed once for twenty refusals at once, and each call is sent once more', async () => {
    const one = host();
    const adapter = adapterWith(one.getToken);
    // The refusals go out when all twenty requests are there.
    const waiting: (() => void)[] = [];
    server.answers((response, seen) => {
      if (seen.headers['authorization'] !== 'Bearer old') return json(company)(response, seen);
      waiting.push(() => { void refused(response, seen); });
      if (waiting.length === 20) for (const go of waiting) go();
      return undefined;
    });
    const before = server.seen.length;
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => (index % 2 ? adapter.call('company.get', undefined) : adapter.call('company.update', { name: 'A' }, { idempotencyKey: `k${index}` }))));
    assert.ok(answers.every(({ id }) => id === company.id));
    assert.equal(one.asked.filter(Boolean).length, 1, 'one renewal');
    const seen = server.seen.slice(before);
    assert.equal(seen.length, 40);
    const keys = seen.flatMap(({ headers }) => headers['idempotency-key'] ?? []);
    assert.equal(keys.length, 20);
    assert.equal(new Set(keys).size, 10, 'each write under its key both times');
  });

  it('are not renewed again for a refusal of the old one that arrives late', async () => {
    const one = host();
    const adapter = adapterWith(one.getToken);
    let refuseLate: (() => void) | undefined;
    let arrived: (() => void) | undefined;
    const late = new Promise<void>((resolve) => { arrived = resolve; });
    server.answers((response, seen) => {
      refuseLate = () => { void refused(response, seen); };
      arrived?.();
    }, guard);
    const slow = adapter.call('company.get', undefined);
    await late;
    await adapter.call('company.get', undefined);
    assert.equal(one.asked.filter(Boolean).length, 1);
    refuseLate?.();
    assert.deepEqual(await slow, company);
    assert.equal(one.asked.filter(Boolean).length, 1, 'still one');
    assert.equal(bearer(), 'Bearer new-1');
  });

  it('wait for a renewal that is under way, rather than be refused as well', async () => {
    let finish: ((token: string) => void) | undefined;
    let begun: (() => void) | undefined;
    const renewal = new Promise<string>((resolve) => { finish = resolve; });
    const underWay = new Promise<void>((resolve) => { begun = resolve; });
    let renewals = 0;
    const adapter = adapterWith(({ refresh }) => {
      if (!refresh) return 'old';
      renewals++;
      begun?.();
      return renewal;
    });
    server.answers(guard);
    const before = server.seen.length;
    const first = adapter.call('company.get', undefined);
    await underWay;
    const second = adapter.call('company.get', undefined);
    await new Promise(setImmediate);
    finish?.('new');
    assert.deepEqual(await Promise.all([first, second]), [company, company]);
    assert.equal(renewals, 1);
    assert.deepEqual(server.seen.slice(before).map(({ headers }) => headers['authorization']), ['Bearer old', 'Bearer new', 'Bearer new']);
  });

  it('that are refused after a renewal mean signed out, after one replay', async () => {
    const one = host();
    server.answers(refused);
    const before = server.seen.length;
    assert.equal(await kindOf(adapterWith(one.getToken).call('company.get', undefined)), 'unauthenticated');
    assert.equal(server.seen.length, before + 2);
    assert.deepEqual(one.asked, [false, true]);
  });

  it('that a host answers only when it renews are used for the replay all the same', async () => {
    server.answers(guard);
    assert.deepEqual(await adapterWith(({ refresh }) => (refresh ? 'new' : 'old')).call('company.get', undefined), company);
    assert.equal(bearer(), 'Bearer new');
  });

  it('can be renewed again for a later call', async () => {
    const one = host();
    const adapter = adapterWith(one.getToken);
    server.answers(guard);
    await adapter.call('company.get', undefined);
    one.token = 'old';
    await adapter.call('company.get', undefined);
    assert.equal(one.asked.filter(Boolean).length, 2);
    assert.equal(bearer(), 'Bearer new-2');
  });

  it('that cannot be renewed mean signed out, without a replay', async () => {
    const one = host();
    one.next = () => null;
    server.answers(refused);
    const before = server.seen.length;
    assert.equal(await kindOf(adapterWith(one.getToken).call('company.get', undefined)), 'unauthenticated');
    assert.equal(server.seen.length, before + 1);
  });

  it('are left alone when a step-up is asked for: the session is good', async () => {
    const one = host();
    server.answers(problem(401, { code: 'step-up-required', methods: ['totp'], maxAge: 600 }));
    const before = server.seen.length;
    assert.equal(await kindOf(adapterWith(one.getToken).call('apiKeys.reveal', {})), 'step-up-required');
    assert.equal(server.seen.length, before + 1);
    assert.deepEqual(one.asked, [false]);
  });

  it('without getToken a refusal is final', async () => {
    server.answers(refused);
    const before = server.seen.length;
    assert.equal(await kindOf(makeHttpAdapter({ baseUrl: server.base }).call('company.get', undefined)), 'unauthenticated');
    assert.equal(server.seen.length, before + 1);
  });

  it('count as no try: after a renewal there is as much patience as before', async () => {
    const one = host();
    const down = problem(503);
    server.answers(refused, down, down, down, json(company));
    assert.deepEqual(await adapterWith(one.getToken).call('company.get', undefined), company);
  });

  for (const [what, thrown, kind] of [
    ['fails', new TypeError('Failed to fetch'), 'unavailable'],
    ['throws an error of the contract', new SettingsError('unauthenticated'), 'unauthenticated'],
  ] as const) {
    it(`a getToken that ${what}: ${kind}, and nothing is sent`, async () => {
      const before = server.seen.length;
      server.answers(json(company));
      assert.equal(await kindOf(adapterWith(() => Promise.reject(thrown)).call('company.get', undefined)), kind);
      assert.equal(await kindOf(adapterWith(() => { throw thrown; }).call('company.get', undefined)), kind);
      assert.equal(server.seen.length, before);
    });

    it(`a getToken that ${what} when it has to renew: ${kind}`, async () => {
      server.answers(refused);
      const call = adapterWith(({ refresh }) => (refresh ? Promise.reject(thrown) : 'old')).call('company.get', undefined);
      assert.equal(await kindOf(call), kind);
    });
  }

  it('that fail once are asked for again', async () => {
    let times = 0;
    server.answers(json(company));
    assert.deepEqual(await adapterWith(() => (++times === 1 ? Promise.reject(new Error('network')) : 'good')).call('company.get', undefined), company);
    assert.equal(bearer(), 'Bearer good');
  });

  it('that cannot stand in a header are shown nowhere', async () => {
    const error = await failureOf(adapterWith(() => 'hush\nhush').call('company.get', undefined));
    assert.equal(error.kind, 'unexpected');
    assert.doesNotMatch(inspect(error, { depth: 9, showHidden: true }), /hush/);
  });

  it('that hang end with the call', async () => {
    const adapter = makeHttpAdapter({ baseUrl: server.base, getToken: () => new Promise<string>(() => undefined), events: false }, { ...usualTiming, backoff: 0, attempt: 20 });
    assert.equal(await kindOf(adapter.call('company.get', undefined)), 'unavailable');
  });
});
