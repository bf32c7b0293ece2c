import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { demoWorld } from '../../../src/adapters/memory/index.js';
import { buildPages } from '../../../server/src/reference/build-pages.js';
import { startServer } from '../../../server/src/reference/start.js';
import { ADA, emailOf, json, temporaryFolder, testServer, Visitor, type TestServer } from './support.js';

const APP = 'https://app.example.com';
let server: TestServer;
let visitor: Visitor;

before(async () => {
  server = await testServer({ pages: buildPages(), trustedOrigins: [APP] });
  visitor = new Visitor(server.url);
});

/** A request as it stands on the wire: fetch sets Host by itself. */
function raw(path: string, headers: Record<string, string>): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url);
    request({ hostname, port, path, headers }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (part: string) => (body += part)).on('end', () => {
        resolve({ status: answer.statusCode ?? 0, body });
      });
    })
      .on('error', reject)
      .end();
  });
}

describe('Every answer', () => {
  const paths = ['/', '/assets/nothing.js', '/api/auth/settings/context', '/api/auth/get-session', '/api/nothing', '/api/host', '/api/outbox', '/api/docs', '/api/openapi.json', '/outbox', '/healthz'];
  for (const path of paths) {
    it(`is safe to show: ${path}`, async () => {
      const { headers } = await visitor.get(path);
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.equal(headers.get('referrer-policy'), 'no-referrer');
      assert.match(headers.get('content-security-policy') ?? '', /^default-src 'none';.*frame-ancestors 'none'/);
      assert.match(headers.get('x-request-id') ?? '', /^[\da-f-]{36}$/);
      assert.equal(headers.get('strict-transport-security'), null, 'http has nothing to promise');
      if (path.startsWith('/api/') && path !== '/api/docs') assert.equal(headers.get('cache-control'), 'no-store');
    });
  }

  it('has a policy without exceptions on pages, with Trusted Types', async () => {
    const policy = (await visitor.get('/')).headers.get('content-security-policy') ?? '';
    for (const part of ["script-src 'self'", "style-src 'self'", "connect-src 'self'", "form-action 'none'", "base-uri 'none'", "require-trusted-types-for 'script'", 'trusted-types lit-html']) {
      assert.ok(policy.split('; ').includes(part), part);
    }
    assert.doesNotMatch(policy, /unsafe|https?:|\*/);
  });

  it('promises https, and binds its cookies to the host, where people come by https', async () => {
    const secure = await testServer({ publicUrl: 'https://settings.example.com', host: '127.0.0.1' });
    const answer = await new Visitor(secure.listensAt).post('/api/auth/sign-in/email', ADA, { Origin: 'https://settings.example.com' });
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('strict-transport-security') ?? '', /max-age=\d{8}/);
    const cookie = answer.headers.getSetCookie().find((line) => line.includes('session_token')) ?? '';
    assert.match(cookie, /^__Host-/);
    for (const attribute of [/; Secure/i, /; HttpOnly/i, /; SameSite=Lax/i, /; Path=\//i]) assert.match(cookie, attribute);
    assert.doesNotMatch(cookie, /Domain/i);
  });
});

describe('The host page', () => {
  it('is built: no inline script or style, hashed files that may be kept for ever', async () => {
    const answer = await visitor.get('/');
    const html = await answer.text();
    assert.match(answer.headers.get('content-type') ?? '', /^text\/html/);
    assert.equal(answer.headers.get('cache-control'), 'no-cache');
    assert.doesNotMatch(html, /<script(?![^>]* src=)|<style|\sstyle=|\son\w+=/);
    assert.match(html, /<uf-provider base-url="\/api\/auth\/settings">/);
    const [, script = ''] = /src="(\/assets\/index-[^"]+\.js)"/.exec(html) ?? [];
    const file = await visitor.get(script, { 'Accept-Encoding': 'gzip' });
    assert.equal(file.status, 200);
    assert.match(file.headers.get('cache-control') ?? '', /max-age=31536000, immutable/);
    assert.equal(file.headers.get('content-encoding'), 'gzip');
    assert.doesNotMatch(await file.text(), /analytical-engine-1843/, 'the backend in the page is not part of it');
  });

  it('answers a page for any path, and 404 for a file that an older page asks for', async () => {
    assert.match(await (await visitor.get('/some/where')).text(), /<uf-provider/);
    assert.equal((await visitor.get('/assets/index-old.js')).status, 404);
    assert.equal((await visitor.get('/favicon.ico')).status, 204, 'browsers ask for it by themselves');
    assert.equal((await visitor.get('/../package.json')).status, 404);
  });

  it('is not sent again to who has it', async () => {
    const etag = (await visitor.get('/')).headers.get('etag') ?? '';
    const again = await visitor.get('/', { 'If-None-Match': etag });
    assert.equal(again.status, 304);
    assert.equal(await again.text(), '');
  });

  it('learns whom the demo offers to be', async () => {
    const { outbox, people } = await json(await visitor.get('/api/host'));
    assert.equal(outbox, true);
    assert.match(JSON.stringify(people), /"name":"Ada Lovelace","role":"owner"/);
  });
});

describe('Signing in as Ada', () => {
  it('gives a session in a cookie that scripts cannot read, and the settings API knows her', async () => {
    const ada = new Visitor(server.url);
    assert.equal(await emailOf(ada), undefined);
    const answer = await ada.signIn(ADA);
    assert.equal(answer.status, 200);
    assert.match(answer.headers.getSetCookie().join('\n'), /^userflux\.session_token=.*HttpOnly/m);
    assert.equal(await emailOf(ada), ADA.email);
    const { total, items } = await json(await ada.get('/api/auth/settings/team'));
    assert.equal(total, 24);
    assert.ok(Array.isArray(items) && items.length === 8, 'pages are as long as the demo world says');
  });

  it('fails for a wrong password as for an address that nobody has', async () => {
    const wrong = await visitor.signIn({ ...ADA, password: 'no' });
    const nobody = await visitor.signIn({ email: 'nobody@example.com', password: 'no' });
    assert.deepEqual([wrong.status, await wrong.json()], [nobody.status, await nobody.json()]);
    assert.equal(wrong.status, 401);
  });

  it('is braked for one network address, too, and the wait is said', async () => {
    const { url } = await testServer({ signInsPerMinute: 3 });
    const answers = [];
    for (let number = 0; number < 4; number++) answers.push(await new Visitor(url).signIn({ email: `person${String(number)}@example.com`, password: 'x' }));
    assert.deepEqual(answers.map(({ status }) => status), [401, 401, 401, 429]);
    assert.ok(Number(answers[3]?.headers.get('retry-after')) > 0);
  });

  it('does not believe an X-Forwarded-For that the client sent', async () => {
    const { url } = await testServer({ signInsPerMinute: 2 });
    const statuses = [];
    for (let number = 0; number < 3; number++) {
      const forged = { 'X-Forwarded-For': `198.51.100.${String(number)}`, 'X-Client-Address': `198.51.100.${String(number)}` };
      statuses.push((await new Visitor(url).post('/api/auth/sign-in/email', { email: 'nobody@example.com', password: 'x' }, forged)).status);
    }
    assert.equal(statuses[2], 429);
  });

  it('behind a proxy counts the address that the proxy saw, whatever the client wrote before it', async () => {
    const { url } = await testServer({ signInsPerMinute: 1, trustProxy: 1 });
    const from = async (chain: string): Promise<number> => (await new Visitor(url).post('/api/auth/sign-in/email', { email: 'nobody@example.com', password: 'x' }, { 'X-Forwarded-For': chain })).status;
    assert.equal(await from('203.0.113.1'), 401);
    assert.equal(await from('203.0.113.2'), 401);
    assert.equal(await from('192.0.2.99, 203.0.113.1'), 429);
  });
});

describe('Other origins', () => {
  it('may call the API when they are on the list, and read the headers that clients need', async () => {
    const preflight = await visitor.request('OPTIONS', '/api/auth/settings/me', undefined, { Origin: APP, 'Access-Control-Request-Method': 'PATCH', 'Access-Control-Request-Headers': 'content-type,idempotency-key,if-match' });
    assert.equal(preflight.headers.get('access-control-allow-origin'), APP);
    assert.equal(preflight.headers.get('access-control-allow-credentials'), 'true');
    assert.match(preflight.headers.get('access-control-allow-methods') ?? '', /PATCH/);
    for (const name of ['Content-Type', 'Idempotency-Key', 'If-Match']) assert.match(preflight.headers.get('access-control-allow-headers') ?? '', new RegExp(name));
    const answer = await visitor.get('/api/auth/settings/context', { Origin: APP });
    assert.equal(answer.headers.get('access-control-allow-origin'), APP);
    for (const name of ['WWW-Authenticate', 'Retry-After', 'ETag', 'Location']) assert.match(answer.headers.get('access-control-expose-headers') ?? '', new RegExp(name));
  });

  for (const origin of ['https://evil.example', 'https://app.example.com.evil.example', 'http://app.example.com', 'https://sub.app.example.com', 'null']) {
    it(`may not when they are not: ${origin}`, async () => {
      const ada = new Visitor(server.url);
      await ada.signIn(ADA);
      assert.equal((await ada.get('/api/auth/settings/context', { Origin: origin })).headers.get('access-control-allow-origin'), null);
      const write = await ada.request('PATCH', '/api/auth/settings/me', { name: 'Eve' }, { Origin: origin, 'Idempotency-Key': 'one', 'If-Match': '*' });
      assert.equal(write.status, 403);
      assert.match(JSON.stringify(await json(await ada.get('/api/auth/settings/context'))), /Ada Lovelace/);
    });
  }
});

describe('The outbox', () => {
  it('stands at /outbox and holds the mails with their links, for who is not signed in, too', async () => {
    const page = await visitor.get('/outbox');
    assert.equal(page.status, 302);
    assert.equal(page.headers.get('location'), '/#/outbox');
    const text = await (await visitor.get('/api/outbox')).text();
    assert.match(text, /"to":"luigi\.menabrea@example\.com"/);
    assert.ok(text.includes(`"link":"${server.url}/#invitation=`));
  });

  it('is not for pages of another name that lead to this machine', async () => {
    const { host, port } = new URL(server.url);
    assert.equal((await raw('/api/outbox', { Host: host })).status, 200);
    assert.equal((await raw('/api/outbox', { Host: `127.0.0.1:${port}` })).status, 200);
    const rebound = await raw('/api/outbox', { Host: `rebound.example:${port}` });
    assert.equal(rebound.status, 403);
    assert.doesNotMatch(rebound.body, /invitation/);
  });

  it('is not there in production', async () => {
    const { url, facts } = await testServer({ production: true, seed: 'demo' });
    assert.deepEqual(facts, { outbox: false, people: [] });
    assert.equal((await new Visitor(url).get('/api/outbox')).status, 404);
    assert.notEqual((await new Visitor(url).get('/outbox')).status, 302);
  });
});

describe('The API', () => {
  it('is described by a page and a document', async () => {
    const page = await visitor.get('/api/docs');
    assert.match(page.headers.get('content-type') ?? '', /^text\/html/);
    const html = await page.text();
    assert.match(html, /id="problem-stale"/);
    assert.doesNotMatch(html, /<script|<style|\sstyle=/);
    const [, sheet = ''] = /<link rel="stylesheet" href="([^"]+)"/.exec(html) ?? [];
    assert.equal((await visitor.get(sheet)).headers.get('content-type'), 'text/css; charset=utf-8');
    assert.match(String((await json(await visitor.get('/api/openapi.json')))['openapi']), /^3\.1/);
  });

  it('leads from the type of a problem to what it means', async () => {
    const { type } = await json(await visitor.get('/api/auth/settings/context'));
    const answer = await visitor.get(String(type));
    assert.equal(answer.status, 302);
    assert.equal(answer.headers.get('location'), '/api/docs#problem-unauthenticated');
    assert.equal((await visitor.get('/api/auth/settings/problems/made-up')).status, 404);
  });

  it('refuses bodies over 64 KB on every path, said large or only being so', async () => {
    const large = { email: ADA.email, password: 'x'.repeat(65 * 1024) };
    const said = await visitor.post('/api/auth/sign-in/email', large);
    assert.equal(said.status, 413);
    assert.equal((await json(said))['code'], 'body-too-large');
    const streamed = await fetch(`${server.url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: server.url },
      body: new Blob([JSON.stringify(large)]).stream(),
      // Node's fetch wants it said that the answer may come only after the body.
      ...{ duplex: 'half' },
    });
    assert.equal(streamed.status, 413);
  });

  it('says what is not there as a problem', async () => {
    const answer = await visitor.get('/api/nothing');
    assert.equal(answer.status, 404);
    assert.equal(answer.headers.get('content-type'), 'application/problem+json');
    assert.equal((await json(answer))['code'], 'unknown-path');
  });
});

describe('The data', () => {
  it('is a file, made and filled at the first start only', async () => {
    const folder = temporaryFolder();
    const first = await startServer({ port: 0, dataFolder: folder, log: () => undefined });
    assert.ok(existsSync(join(folder, 'settings.db')));
    const ada = new Visitor(first.url);
    await ada.signIn(ADA);
    const change = await ada.request('PATCH', '/api/auth/settings/me', { name: 'Ada King' }, { 'Idempotency-Key': 'once', 'If-Match': '*' });
    assert.equal(change.status, 200);
    await first.close();

    const second = await testServer({ dataFolder: folder });
    ada.url = second.url;
    assert.match(JSON.stringify(await json(await ada.get('/api/auth/settings/context'))), /Ada King/, 'her session and her name are still there');
    const { people } = await second.database.db.selectFrom('user').select(({ fn }) => fn.countAll<number>().as('people')).executeTakeFirstOrThrow();
    assert.equal(people, 24);
    assert.deepEqual(second.lines, [], 'nothing is made a second time');
  });

  it('is for its owner only, and holds no password and no API key in clear', () => {
    const files = ['settings.db', 'settings.db-wal'].map((name) => join(server.folder, name)).filter(existsSync);
    if (process.platform !== 'win32') for (const file of files) assert.equal(statSync(file).mode & 0o777, 0o600, file);
    const content = files.map((file) => readFileSync(file, 'latin1')).join('');
    assert.ok(content.includes(ADA.email));
    const { people, organisations } = demoWorld();
    const secrets = [...people.flatMap(({ password }) => password ?? []), ...organisations.flatMap(({ keys }) => keys.map(({ secret }) => secret))];
    assert.ok(secrets.length > 10);
    for (const secret of secrets) assert.ok(!content.includes(secret), secret);
  });

  it('waits for nobody: /healthz says whether it can be reached', async () => {
    assert.deepEqual(await json(await visitor.get('/healthz')), { status: 'ok' });
  });
});
