import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { operationNames, rowOf } from '@userflux/settings/contract';
import { routeOf } from '@userflux/settings/http';
import { examplePicture } from '../../../src/contract/examples.js';
import { assertProblem, assertTellsNothing, BASE, call, countRows, field, NATIVE, onBoth, openLab, send, type Lab, type Reply, type Sending } from './support.js';

const FRIEND = 'https://app.example.net';

onBoth(
  'pages of other sites',
  (lab) => {
    const name = async (): Promise<string> => (await lab().place.store.db.selectFrom('organization').select('name').where('id', '=', 'org-analytical').executeTakeFirstOrThrow()).name;
    const write = async (headers: Record<string, string>, body: unknown = { name: 'Evil Ltd' }): Promise<Reply> => {
      const ada = await lab().as('ada@example.com');
      return send(lab().server, `${BASE}/company`, { method: 'PATCH', headers: { cookie: ada.cookie, 'idempotency-key': crypto.randomUUID(), 'if-match': '*', ...headers }, body });
    };

    it('a write with a cookie needs an origin that is trusted: not a foreign one, not null, not none, not one that only looks like it', async () => {
      const { url } = lab().server;
      const { host, port } = new URL(url);
      const foreign = ['https://evil.example', 'null', `${url}.evil.example`, `https://${host}`, `${url}1`, `http://evil.example/${url}`, `http://${host}@evil.example`, 'http://localhost', `http://sub.localhost:${port}`, FRIEND.replace('https', 'http'), `${FRIEND}.evil.example`, '*', '', 'file://'];
      for (const origin of foreign) assertProblem(await write({ origin }), 403, 'foreign-origin');
      assertProblem(await write({}), 403, 'foreign-origin');
      for (const referer of ['https://evil.example/', `https://evil.example/?${url}`, '/company', 'about:blank']) assertProblem(await write({ referer }), 403, 'foreign-origin');
      assert.equal(await name(), 'Analytical Engines Ltd');
      for (const headers of [{ origin: url }, { referer: `${url}/settings` }, { origin: FRIEND }]) assert.equal((await write(headers, { name: 'Analytical Engines Ltd' })).status, 200);
    });

    it('what a form can send changes nothing, though its origin were trusted', async () => {
      const origin = lab().server.url;
      const json = JSON.stringify({ name: 'Evil Ltd' });
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain; application/json', 'application/json-patch+json', 'text/json']) assertProblem(await write({ origin, 'content-type': type }, json), 415, 'media-type');
      const ada = await lab().as('ada@example.com');
      const bare: Sending = { method: 'PATCH', headers: { cookie: ada.cookie, origin, 'if-match': '*' }, body: { name: 'Evil Ltd' } };
      assertProblem(await send(lab().server, `${BASE}/company`, bare), 400, 'idempotency-key-missing');
      for (const key of ['', ' ', 'x'.repeat(256)]) assertProblem(await send(lab().server, `${BASE}/company`, { ...bare, headers: { ...bare.headers, 'idempotency-key': key } }), 400, 'idempotency-key-missing');
      const form = await send(lab().server, `${NATIVE}/sign-in/email`, { method: 'POST', headers: { origin, 'content-type': 'application/x-www-form-urlencoded' }, body: 'email=mary%40example.com&password=physical-sciences-1834' });
      assert.equal(form.status, 415);
      assert.equal(form.headers['set-cookie'], undefined);
      assert.equal(await name(), 'Analytical Engines Ltd');
    });

    it('every write without its Idempotency-Key is refused, and every one from elsewhere', async () => {
      const ada = await lab().proven('ada@example.com');
      const rows = await countRows(lab(), 'settingsWrite');
      for (const operation of operationNames.filter((each) => routeOf(each).method !== 'GET')) {
        assertProblem(await call(lab().server, ada, operation, {}, { headers: { origin: 'https://evil.example' } }), 403, 'foreign-origin');
        if (rowOf(operation).effect !== 'write') continue;
        const { method, path, picture } = routeOf(operation);
        // A picture is sent as what it is; anything else there is of a wrong type before it lacks a key.
        const reply = await send(lab().server, BASE + path.replace(/\{\w+\}/g, 'x'), {
          method,
          headers: { origin: lab().server.url, cookie: ada.cookie, 'if-match': '*', ...(picture && { 'content-type': examplePicture.type }) },
          ...(picture && { body: Buffer.from(examplePicture.bytes) }),
        });
        assert.ok([400, 422].includes(reply.status), `${operation}: ${reply.text}`);
      }
      assert.equal(await countRows(lab(), 'settingsWrite'), rows);
    });

    it('only origins of the list may read answers with the cookie, and they see the headers that they need', async () => {
      const preflight = (origin: string): Promise<Reply> =>
        send(lab().server, `${BASE}/company`, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'PATCH', 'access-control-request-headers': 'content-type,idempotency-key,if-match' } });
      for (const origin of ['https://evil.example', 'null', `${FRIEND}.evil.example`, FRIEND.toUpperCase(), FRIEND.replace('https', 'http')]) {
        assert.equal((await preflight(origin)).headers['access-control-allow-origin'], undefined, origin);
        assert.equal((await send(lab().server, `${BASE}/context`, { headers: { origin } })).headers['access-control-allow-origin'], undefined, origin);
      }
      const allowed = await preflight(FRIEND);
      assert.equal(allowed.headers['access-control-allow-origin'], FRIEND);
      assert.equal(allowed.headers['access-control-allow-credentials'], 'true');
      assert.match(allowed.headers['access-control-allow-headers'] ?? '', /Idempotency-Key.*If-Match/i);
      const read = await send(lab().server, `${BASE}/context`, { headers: { origin: FRIEND } });
      assert.equal(read.headers['access-control-allow-origin'], FRIEND);
      for (const header of ['WWW-Authenticate', 'Retry-After', 'ETag']) assert.match(read.headers['access-control-expose-headers'] ?? '', new RegExp(header, 'i'));
      assert.match(read.headers.vary ?? '', /origin/i);
    });

    it('every answer says that it is not to be kept, guessed at or framed: those of the API, of Better Auth, refusals and all', async () => {
      const ada = await lab().as('ada@example.com');
      const origin = lab().server.url;
      const answers: [string, Sending][] = [
        [`${BASE}/context`, { headers: { cookie: ada.cookie } }],
        [`${BASE}/context`, {}],
        [`${BASE}/team`, { headers: { cookie: ada.cookie } }],
        [`${BASE}/nothing`, {}],
        [`${BASE}//company`, {}],
        [`${BASE}/company/`, {}],
        [BASE, {}],
        [`${BASE}/company`, { method: 'POST', headers: { origin } }],
        [`${BASE}/company`, { method: 'OPTIONS' }],
        [`${BASE}/company`, { method: 'PATCH', headers: { cookie: ada.cookie } }],
        [`${BASE}/events`, { method: 'POST', headers: { origin } }],
        [`${BASE}/email-change/confirm`, { method: 'POST', headers: { origin }, body: { token: 'x' } }],
        [`${BASE}/step-up`, { method: 'POST', headers: { origin }, body: 'x'.repeat(70_000) }],
        [`${NATIVE}/get-session`, { headers: { cookie: ada.cookie } }],
        [`${NATIVE}/ok`, {}],
        [`${NATIVE}/error`, {}],
        [`${NATIVE}/nothing`, {}],
        [`${NATIVE}/change-email`, { method: 'POST', headers: { origin }, body: {} }],
        [`${NATIVE}/sign-in/email`, { method: 'POST', headers: { origin }, body: { email: 'mary@example.com', password: 'wrong-password' } }],
        [`${NATIVE}/sign-in/email`, { method: 'POST', headers: { origin }, body: 'not json' }],
        [`${NATIVE}/verify-email?token=x`, {}],
        [`${NATIVE}/reset-password/x?callbackURL=/`, {}],
        ['/api/nothing', {}],
        ['/api/host', {}],
        ['/healthz', {}],
        ['/nothing.js', {}],
      ];
      for (const [path, sending] of answers) {
        const reply = await send(lab().server, path, sending);
        const what = `${sending.method ?? 'GET'} ${path}: ${String(reply.status)}`;
        assert.match(reply.headers['cache-control'] ?? '', /no-store/, what);
        assert.equal(reply.headers['x-content-type-options'], 'nosniff', what);
        assert.match(String(reply.headers['content-security-policy'] ?? ''), /frame-ancestors 'none'/, what);
        assert.equal(reply.headers['referrer-policy'], 'no-referrer', what);
        assert.equal(reply.headers['x-frame-options'], 'DENY', what);
        assertTellsNothing(reply);
      }
    });
  },
  { trustedOrigins: [FRIEND] },
);

describe('a server behind https', () => {
  let lab: Lab;
  let local: { url: string };
  before(async () => {
    const probe = createServer();
    await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
    const address = probe.address();
    await new Promise((resolve) => probe.close(resolve));
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    lab = await openLab(undefined, { port, publicUrl: 'https://settings.example.com' });
    local = { url: `http://127.0.0.1:${String(port)}` };
  });
  after(() => lab.close());

  it('has cookies that are bound to this host, to https and to the server: __Host-, Secure, HttpOnly, SameSite, no Domain', async () => {
    const sign = (body: object): Promise<Reply> => send(local, `${NATIVE}/sign-in/email`, { method: 'POST', headers: { origin: 'https://settings.example.com' }, body });
    const session = await sign({ email: 'mary@example.com', password: 'physical-sciences-1834' });
    const pending = await sign({ email: 'ada@example.com', password: 'analytical-engine-1843' });
    assert.equal(field(pending, 'twoFactorRedirect'), true);
    const cookies = [...(session.headers['set-cookie'] ?? []), ...(pending.headers['set-cookie'] ?? [])];
    assert.ok(cookies.some((cookie) => cookie.startsWith('__Host-userflux.session_token=')));
    assert.ok(cookies.some((cookie) => cookie.startsWith('__Host-userflux.two_factor=')));
    for (const cookie of cookies) {
      assert.match(cookie, /^__Host-/);
      for (const attribute of [/; Secure/i, /; HttpOnly/i, /; SameSite=Lax/i, /; Path=\/(;|$)/i]) assert.match(cookie, attribute);
      assert.doesNotMatch(cookie, /; Domain/i);
    }
    assert.match(session.headers['strict-transport-security'] ?? '', /max-age=\d{8}/);
  });

  it('trusts the https origin alone', async () => {
    for (const origin of ['http://settings.example.com', local.url, 'https://evil.example']) assertProblem(await send(local, `${BASE}/session`, { method: 'DELETE', headers: { origin, 'idempotency-key': 'x' } }), 403, 'foreign-origin');
    assert.equal((await send(local, `${BASE}/session`, { method: 'DELETE', headers: { origin: 'https://settings.example.com', 'idempotency-key': 'x' } })).status, 204);
  });
});
