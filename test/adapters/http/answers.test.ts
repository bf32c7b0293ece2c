import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import { makeHttpAdapter } from '../../../src/adapters/http/adapter.js';
import { usualTiming } from '../../../src/adapters/http/patience.js';
import { errorKinds, SettingsError, type SettingsErrorOptions } from '../../../src/contract/index.js';
import { examples } from '../../../src/contract/examples.js';
import { describeProblem, problemCodes, writeProblem } from '../../../src/contract/http/index.js';
import { cut, failureOf, kindOf, json, problem, raw, startServer, type Answer } from './support/server.js';

const server = await startServer();
const adapter = makeHttpAdapter({ baseUrl: server.base, events: false }, { ...usualTiming, backoff: 0 });

const JSON_TYPE = { 'Content-Type': 'application/json' };
const company = examples['company.get'].output;
const text = JSON.stringify(company);
const get = (answer: Answer): Promise<unknown> => {
  server.answers(answer);
  return adapter.call('company.get', undefined);
};
const update = (answer: Answer): Promise<unknown> => {
  server.answers(answer);
  return adapter.call('company.update', { name: 'A' }, { idempotencyKey: 'k' });
};
const revoke = (answer: Answer): Promise<unknown> => {
  server.answers(answer);
  return adapter.call('team.revoke', { id: 'i' });
};

describe('http adapter: a problem of the server', () => {
  const details: Partial<Record<string, SettingsErrorOptions>> = {
    'step-up-required': { challenge: { methods: ['totp', 'password'], maxAge: 600 } },
    invalid: { fields: { name: 'too-long', 'addresses.0.address': 'invalid' } },
    'wrong-credential': { attemptsLeft: 2 },
    stale: { current: company },
    'rate-limited': { retryAfter: 40 },
    unavailable: { retryAfter: 50 },
  };
  const wire = new Set(problemCodes);

  for (const kind of errorKinds.filter((one) => wire.has(one))) {
    it(`${kind} arrives as ${kind}, with all that it carries`, async () => {
      const sent = new SettingsError(kind, 'For developers.', details[kind]);
      const { status, headers, body } = writeProblem(sent);
      const got = await failureOf(update(json(body, status, headers)));
      const { fields, challenge, attemptsLeft, retryAfter, current } = sent;
      assert.deepEqual({ kind: got.kind, fields: got.fields, challenge: got.challenge, attemptsLeft: got.attemptsLeft, retryAfter: got.retryAfter, current: got.current }, { kind, fields, challenge, attemptsLeft, retryAfter, current });
    });
  }

  const transport = {
    'malformed-body': 'unexpected', 'unsafe-text': 'invalid', 'too-deep': 'unexpected', 'idempotency-key-missing': 'unexpected', 'foreign-origin': 'forbidden',
    'unknown-path': 'unsupported', 'method-not-allowed': 'unsupported', 'idempotency-in-flight': 'unavailable', 'body-too-large': 'invalid', 'media-type': 'unexpected',
    'idempotency-key-reused': 'conflict', 'version-missing': 'unexpected',
  };
  for (const code of problemCodes.filter((one) => !errorKinds.some((kind) => kind === one))) {
    it(`${code} arrives as one of the closed kinds`, async () => {
      const got = await failureOf(update(problem(describeProblem(code).status, { code })));
      assert.equal(got.kind, new Map(Object.entries(transport)).get(code));
    });
  }

  for (const [status, kind] of [[400, 'unexpected'], [401, 'unauthenticated'], [403, 'forbidden'], [404, 'not-found'], [409, 'conflict'], [412, 'stale'], [422, 'invalid'], [429, 'rate-limited'], [500, 'unexpected'], [501, 'unsupported'], [502, 'unavailable'], [503, 'unavailable'], [504, 'unavailable'], [418, 'unexpected'], [304, 'unexpected']] as const) {
    it(`the status ${status} alone is ${kind}, whatever stands beside it`, async () => {
      assert.equal(await kindOf(update(raw(status, {}))), kind);
      if (status === 304) return;
      assert.equal(await kindOf(update(raw(status, { 'Content-Type': 'text/html' }, '<h1>no</h1>'))), kind);
      assert.equal(await kindOf(update(raw(status, { 'Content-Type': 'application/problem+json' }, '{"code":'))), kind);
      assert.equal(await kindOf(update(problem(status, ['a list']))), kind);
      assert.equal(await kindOf(update(problem(status, { code: 'of-another-hand' }))), kind);
    });
  }

  for (const code of ['aborted', 'offline']) {
    it(`is never taken for what only this side can know: ${code}`, async () => {
      assert.equal(await kindOf(update(problem(500, { code }))), 'unexpected');
      assert.equal(await kindOf(update(problem(403, { code }))), 'forbidden');
    });
  }

  it('with a member that is wrong is told by the others', async () => {
    const wrong = { code: 'wrong-credential', attemptsLeft: 'two', retryAfter: -1, fields: ['name'], methods: 'totp', maxAge: 0.5, status: 'four hundred', title: null };
    const { kind, attemptsLeft, retryAfter, fields, challenge } = await failureOf(update(problem(403, wrong)));
    assert.deepEqual({ kind, attemptsLeft, retryAfter, fields, challenge }, { kind: 'wrong-credential', attemptsLeft: undefined, retryAfter: undefined, fields: undefined, challenge: undefined });
    const mixed = await failureOf(update(problem(401, { code: 'step-up-required', methods: ['telepathy', 7, 'totp'], maxAge: 'old' })));
    assert.deepEqual(mixed.challenge, { methods: ['totp'], maxAge: 0 });
    assert.deepEqual((await failureOf(update(problem(422, { code: 'invalid', fields: { name: 7, country: 'required' } })))).fields, { name: 'invalid', country: 'required' });
  });

  it('leaves none of its text in the error', async () => {
    const words = { title: 'Hush-1', detail: 'Hush-2', type: 'https://hush.example/3', instance: 'Hush-4', code: 'hush-5', requestId: 'Hush-6', fields: { name: 'Hush-7' }, stack: 'Hush-8' };
    const errors = [
      await failureOf(update(problem(422, words))),
      await failureOf(update(raw(500, { 'Content-Type': 'text/html', 'X-Error': 'Hush' }, '<p>Hush</p>'))),
      await failureOf(get(raw(200, { 'Content-Type': 'text/html' }, '<p>Hush</p>'))),
      await failureOf(get(raw(200, JSON_TYPE, '{"Hush'))),
      await failureOf(get(json({ name: 'Hush', id: 7 }))),
    ];
    for (const error of errors) assert.doesNotMatch(inspect(error, { depth: 9, showHidden: true }), /hush/i);
    assert.deepEqual(errors[0]?.fields, { name: 'invalid' });
  });
});

describe('http adapter: an answer that is none', () => {
  const ok = (body: string | Uint8Array, headers: Record<string, string> = JSON_TYPE): Answer => raw(200, headers, body);
  const cases: readonly (readonly [string, Answer])[] = [
    ['an HTML login page with 200', ok('<!doctype html><title>Sign in</title>', { 'Content-Type': 'text/html; charset=utf-8' })],
    ['JSON that says it is text', ok(text, { 'Content-Type': 'text/plain' })],
    ['JSON that says nothing of its type', ok(text, {})],
    ['a type that only begins like JSON', ok(text, { 'Content-Type': 'application/jsonp' })],
    ['HTML that says it is JSON', ok('<html></html>')],
    ['nothing with 200', ok('')],
    ['204 where a value is due', raw(204, {})],
    ['null', ok('null')],
    ['a list', ok('[]')],
    ['a value of another shape', json({ ...company, id: 7 })],
    ['a value without a field', json({ ...company, version: undefined })],
    ['single quotes', ok("{'id':1}")],
    ['two values', ok(`${text}${text}`)],
    ['bytes that are no text', ok(new Uint8Array([0xff, 0xfe, 0x00, 0x80]))],
    ['a hundred thousand brackets', ok('['.repeat(100_000) + ']'.repeat(100_000))],
    ['ten megabytes', ok(JSON.stringify({ ...company, more: 'x'.repeat(10_000_000) }))],
  ];
  for (const [what, answer] of cases) {
    it(`${what}: unexpected, for a read and for a write, asked once`, async () => {
      for (const call of [get, update]) {
        const before = server.seen.length;
        assert.equal(await kindOf(call(answer)), 'unexpected');
        assert.equal(server.seen.length, before + 1);
      }
    });
  }

  for (const [what, answer] of [['a login page', raw(200, { 'Content-Type': 'text/html' }, '<html>')], ['a value', json({})], ['nothing', raw(200, {})]] as const) {
    it(`200 with ${what} where 204 is due is no success`, async () => {
      assert.equal(await kindOf(revoke(answer)), 'unexpected');
    });
  }

  it('an answer that is too large is not read to its end', async () => {
    let closed: (() => void) | undefined;
    const over = new Promise<void>((resolve) => { closed = resolve; });
    const endless: Answer = (response) => {
      response.writeHead(200, JSON_TYPE);
      response.on('close', () => closed?.());
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(100_000)));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    };
    assert.equal(await kindOf(get(endless)), 'unexpected');
    await over;
  });
});

describe('http adapter: an answer that is one all the same', () => {
  for (const [what, answer] of [
    ['with a byte order mark', raw(200, JSON_TYPE, `\ufeff${text}`)],
    ['of the type application/json; charset=utf-8', raw(200, { 'Content-Type': 'Application/JSON; charset=UTF-8' }, text)],
    ['of a type that ends in +json', raw(200, { 'Content-Type': 'application/vnd.acme.v1+json' }, text)],
    ['with 201', raw(201, JSON_TYPE, text)],
    ['with 4 MB of what we do not know', json({ ...company, more: 'x'.repeat(4_000_000) })],
    ['with space around it', raw(200, JSON_TYPE, `\r\n ${text}\n`)],
  ] as const) {
    it(what, async () => {
      assert.deepEqual(await get(answer), company);
    });
  }

  it('byte by byte, cut inside of characters', async () => {
    const name = 'Ünïcødé 🧮 机';
    const bytes = Buffer.from(JSON.stringify({ ...company, name }));
    const slowly: Answer = async (response) => {
      response.writeHead(200, JSON_TYPE);
      for (const byte of bytes) await new Promise((resolve) => response.write(Uint8Array.of(byte), resolve));
      response.end();
    };
    assert.deepEqual(await get(slowly), { ...company, name });
  });

  it('without the names that mean something else on an object', async () => {
    const evil = `{"__proto__":{"polluted":1,"name":"x"},"constructor":{"prototype":{"polluted":1}},"prototype":1,${text.slice(1)}`;
    const got = await get(raw(200, JSON_TYPE, evil));
    assert.deepEqual(got, company);
    assert.equal(Object.getPrototypeOf(got), Object.prototype);
    assert.equal(Reflect.get({}, 'polluted'), undefined);
    assert.equal(await kindOf(get(raw(200, JSON_TYPE, `{"__proto__":${text}}`))), 'unexpected', 'nothing is inherited');
  });

  it('in problems as well', async () => {
    const body = '{"code":"invalid","fields":{"__proto__":"required","constructor":"required","name":"required"},"__proto__":{"code":"forbidden"}}';
    const { kind, fields } = await failureOf(update(raw(422, { 'Content-Type': 'application/problem+json' }, body)));
    assert.equal(kind, 'invalid');
    assert.deepEqual(Object.getOwnPropertyNames(fields), ['name']);
    // The value of a stale write goes on into the widgets, past this adapter's schemas.
    const stale = await failureOf(update(raw(412, JSON_TYPE, `{"code":"stale","current":{"__proto__":{"x":1},${text.slice(1)}}`)));
    assert.deepEqual(Object.getOwnPropertyNames(stale.current), Object.keys(company));
  });
});

describe('http adapter: a body that is cut', () => {
  const cutAt = (position: number): Answer => (response) => {
    response.writeHead(200, { ...JSON_TYPE, 'Content-Length': Buffer.byteLength(text) });
    response.flushHeaders();
    response.write(text.slice(0, position), () => response.destroy());
  };
  const positions = Array.from({ length: text.length }, (_, position) => position);

  it(`at each of ${positions.length} bytes: a read is asked again, and answered`, async () => {
    for (const position of positions) {
      server.answers(cutAt(position), json(company));
      assert.deepEqual(await adapter.call('company.get', undefined), company, `cut at ${position}`);
    }
  });

  it('at each of them: a write is sent again under its key, and answered', async () => {
    for (const position of positions) {
      const before = server.seen.length;
      server.answers(cutAt(position), json(company));
      assert.deepEqual(await adapter.call('company.update', { name: 'A' }, { idempotencyKey: `k${position}`, ifMatch: '3' }), company);
      assert.deepEqual(server.seen.slice(before).map(({ headers, body }) => [headers['idempotency-key'], headers['if-match'], body]), Array(2).fill([`k${position}`, '"3"', '{"name":"A"}']));
    }
  });

  it('again and again: unavailable, after four tries', async () => {
    const before = server.seen.length;
    assert.equal(await kindOf(get(cutAt(20))), 'unavailable');
    assert.equal(server.seen.length, before + 4);
  });

  it('inside of a problem: the answer is asked for again, not guessed', async () => {
    const half: Answer = (response) => {
      response.writeHead(409, { 'Content-Type': 'application/problem+json', 'Content-Length': 100 });
      response.write('{"code":"idem', () => response.destroy());
    };
    server.answers(half, json(company));
    assert.deepEqual(await adapter.call('company.update', { name: 'A' }), company);
  });

  it('where the wire cannot tell (no length, the connection closes): unexpected', async () => {
    for (const position of positions.filter((one) => one % 7 === 0)) {
      const quietly: Answer = (response) => {
        response.socket?.end(`HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n${text.slice(0, position)}`);
      };
      assert.equal(await kindOf(get(quietly)), 'unexpected', `cut at ${position}`);
    }
  });

  it('before its first header: the same as no answer', async () => {
    server.answers(cut, json(company));
    assert.deepEqual(await adapter.call('company.get', undefined), company);
  });
});
