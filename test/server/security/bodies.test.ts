import assert from 'node:assert/strict';
import { it } from 'node:test';
import { sql } from 'kysely';
import { assertProblem, assertTellsNothing, BASE, call, field, onBoth, send, tokenFor, type Lab, type Reply, type Sending, type Visitor } from './support.js';

/** All that a write may have changed, as one text. */
async function everything({ place: { store } }: Lab): Promise<string> {
  const tables = ['user', 'organization', 'member', 'invitation', 'apikey', 'settingsWrite', 'settingsMail', 'settingsEnrolment', 'settingsEmailChange', 'twoFactor'] as const;
  return JSON.stringify(await Promise.all(tables.map((table) => store.db.selectFrom(table).selectAll().orderBy('id').execute())));
}

onBoth('bad input', (lab) => {
  let visitor: Promise<Visitor> | undefined;
  const sendAs = async (path: string, sending: Sending): Promise<Reply> => {
    const { cookie } = await (visitor ??= lab().proven('ada@example.com'));
    return send(lab().server, BASE + path, { ...sending, headers: { origin: lab().server.url, cookie, 'idempotency-key': crypto.randomUUID(), 'if-match': '*', ...sending.headers } });
  };
  const json = { 'content-type': 'application/json' };
  const patch = (body: unknown): Sending => ({ method: 'PATCH', headers: json, body });

  it('bodies that are no JSON, no UTF-8, too large, too deep, or hold NUL or half a surrogate pair: each has its code, and nothing changes', async () => {
    const before = await everything(lab());
    const deep = (levels: number): string => `{"name":${'['.repeat(levels)}${']'.repeat(levels)}}`;
    const cases: [string, unknown, number, string][] = [
      ['half', '{"name":', 400, 'malformed-body'],
      ['text', 'name=Evil', 400, 'malformed-body'],
      ['html', '<html></html>', 400, 'malformed-body'],
      ['two values', '{} {}', 400, 'malformed-body'],
      ['a trailing comma', '{"name":"Evil",}', 400, 'malformed-body'],
      ['NaN', '{"name":NaN}', 400, 'malformed-body'],
      ['blank', '   ', 400, 'malformed-body'],
      ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), 400, 'malformed-body'],
      ['overlong UTF-8', Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xc0, 0x80]), Buffer.from('"}')]), 400, 'malformed-body'],
      ['a surrogate in UTF-8', Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"}')]), 400, 'malformed-body'],
      ['UTF-16', Buffer.from('{"name":"Evil"}', 'utf16le'), 400, 'malformed-body'],
      ['NUL', '{"name":"Evil\\u0000"}', 400, 'unsafe-text'],
      ['a raw NUL', '{"name":"Evil\u0000"}', 400, 'malformed-body'],
      ['NUL in a name of a field', '{"na\\u0000me":"Evil"}', 400, 'unsafe-text'],
      ['half a surrogate pair', '{"name":"Evil\\ud83d"}', 400, 'unsafe-text'],
      ['the other half, deep', '{"x":[{"y":"\\udc00"}]}', 400, 'unsafe-text'],
      ['17 levels', deep(17), 400, 'too-deep'],
      ['10,000 levels', deep(10_000), 400, 'too-deep'],
      ['30,000 levels', deep(30_000), 400, 'too-deep'],
      ['64 KB and one', `{"name":"${'x'.repeat(64 * 1024 - 10)}"}`, 413, 'body-too-large'],
      ['1 MB', `{"name":"${'x'.repeat(1024 * 1024)}"}`, 413, 'body-too-large'],
    ];
    for (const [what, body, status, code] of cases) {
      for (const chunked of [false, true]) {
        const reply = await sendAs('/company', { ...patch(body), chunked });
        assert.equal(`${what}: ${String(reply.status)} ${String(field(reply, 'code'))}`, `${what}: ${String(status)} ${code}`);
        assertProblem(reply, status, code);
      }
    }
    assert.equal(await everything(lab()), before);
  });

  it('values of the wrong type are invalid, by the name of their field; unknown fields are dropped; nothing changes', async () => {
    const before = await everything(lab());
    const wrong: unknown[] = [[], [1], 'text', 1, true, null, { name: 1 }, { name: null }, { name: [] }, { name: {} }, { name: '' }, { name: 'x'.repeat(201) }, { name: '\u202e\u200b' }, { country: 'GBR' }, { country: 'gb' }, { country: 'XX' }, { country: 1 }, { country: ['GB'] }, { name: 1e308 }, { name: { toString: 'x' } }];
    for (const body of wrong) {
      const reply = await sendAs('/company', patch(JSON.stringify(body)));
      assertProblem(reply, 422, 'invalid');
    }
    assert.equal(await everything(lab()), before);
    for (const body of ['{}', '{"__proto__":{"name":"Evil"},"constructor":{"prototype":{"name":"Evil"}},"id":"org-difference","version":"1","role":"owner"}', '{"name":"Analytical Engines Ltd","organizationId":"org-difference"}']) {
      const reply = await sendAs('/company', patch(body));
      assert.equal(reply.status, 200, reply.text);
      assert.deepEqual([field(reply, 'name'), field(reply, 'id')], ['Analytical Engines Ltd', 'org-analytical']);
    }
    const { store } = lab().place;
    assert.deepEqual(await store.db.selectFrom('organization').select(['id', 'name']).orderBy('id').execute(), [
      { id: 'org-analytical', name: 'Analytical Engines Ltd' },
      { id: 'org-difference', name: 'Difference Works AB' },
    ]);
  });

  it('the path says which row: an id in the body does not move the write to another one', async () => {
    const reply = await sendAs('/api-keys/org-analytical.key-1', patch(JSON.stringify({ id: 'org-analytical.key-2', addresses: [{ address: '192.0.2.1', description: '' }] })));
    assert.equal(field(reply, 'id'), 'org-analytical.key-1');
    const other = await lab().place.store.db.selectFrom('apikey').select('addresses').where('id', '=', 'org-analytical.key-2').executeTakeFirstOrThrow();
    assert.equal(other.addresses, '[]');
  });

  it('long lists, long values and numbers beyond all bounds are invalid, and never an error of the server', async () => {
    const invite = (body: unknown): Promise<Reply> => sendAs('/team/invitations', { method: 'POST', body });
    for (const body of [
      { invitations: [] },
      { invitations: Array.from({ length: 501 }, (_, index) => ({ email: `p${String(index)}@example.net`, role: 'member' })) },
      { invitations: [{ email: `${'x'.repeat(250)}@example.net`, role: 'member' }] },
      { invitations: [{ email: 'no-address', role: 'member' }] },
      { invitations: [{ email: 'eve@example.net\r\nBcc: all@example.net', role: 'member' }, { email: 'a b@example.net', role: 'member' }] },
      { invitations: [{ email: 'eve@example.net' }] },
      { invitations: { 0: { email: 'eve@example.net', role: 'member' }, length: 1 } },
      { invitations: [null] },
    ])
      assertProblem(await invite(body), 422, 'invalid');
    // A role that nobody may give is told for its address.
    for (const role of ['owner', 'superuser', 'admin,owner', '__proto__', 'ADMIN', ' admin']) {
      const reply = await invite({ invitations: [{ email: 'eve@example.net', role }] });
      assert.equal((field(reply, 'results') as { outcome: string }[])[0]?.outcome, 'invalid', role);
    }
    const addresses = (list: unknown): Promise<Reply> => sendAs('/api-keys/org-analytical.key-2', patch(JSON.stringify({ addresses: list })));
    for (const list of [Array.from({ length: 101 }, (_, index) => ({ address: `10.0.0.${String(index)}`, description: '' })), [{ address: '10.0.0.5/8', description: '' }], [{ address: '999.0.0.1', description: '' }], [{ address: '::ffff:10.0.0.1', description: '' }, { address: '10.0.0.1', description: '' }], [{ address: '10.0.0.1/33', description: '' }], [{ address: '1', description: '' }], [{ address: '10.0.0.1', description: 'x'.repeat(201) }]]) assertProblem(await addresses(list), 422, 'invalid');
    for (const query of ['limit=0', 'limit=101', 'limit=-1', 'limit=1.5', 'limit=1e400', 'limit=NaN', 'limit=', 'limit=ten', 'limit=99999999999999999999', 'sort=evil', "sort=name'--", 'status=gone', `search=${'x'.repeat(201)}`]) assertProblem(await sendAs(`/team?${query}`, {}), 422, 'invalid');
    for (const query of ['search=%00', 'search=%ED%A0%80%00', 'cursor=%00']) assertProblem(await sendAs(`/team?${query}`, {}), 400, 'unsafe-text');
    for (const query of ["search=' or 1=1 --", 'search=%25', 'search=_', 'search=\\', 'role=x', 'unknown=1', 'limit=1&limit=50', '__proto__=1', 'search=%FF%FE']) {
      const reply = await sendAs(`/team?${query.replaceAll(' ', '%20').replace('\\', '%5C')}`, {});
      assert.equal(reply.status, 200, `${query}: ${reply.text}`);
      assert.ok((field(reply, 'items') as unknown[]).length <= 8);
    }
  });

  it('a forged cursor is invalid, whatever stands in it', async () => {
    const forge = (...parts: unknown[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url');
    const forged = ['x', '%', 'bnVsbA', forge(), forge('entered'), forge('entered', 1), forge('entered', 'a', 'b'), forge('entered', 1, 'b', 'c'), forge('entered', 1, 2), forge('entered', 1e300, 'x'), forge('entered', -1e20, 'x'), forge('entered', 1.5, 'x'), forge('entered', 1, 'x\u0000'), forge('entered', 1, '\ud800'), forge('entered', null, 'x'), forge('entered', { toString: 1 }, 'x'), forge('entered', [1], 'x'), forge('name', 1, 'x'), forge('entered', "1) or (1=1", 'x'), 'a'.repeat(3000)];
    for (const cursor of forged) {
      assertProblem(await sendAs(`/team?cursor=${cursor}`, {}), 422, 'invalid');
      assertProblem(await sendAs(`/api-keys?cursor=${cursor}`, {}), 422, 'invalid');
    }
    for (const [sort, ...parts] of [['name', 1, 2, 3], ['name', 'x\u0000', 1, 'x'], ['role', 2 ** 40, 1, 'x'], ['role', 'x', 1, 'x'], ['status', 0.5, 1, 'x'], ['-date', 1e19, 'x']]) assertProblem(await sendAs(`/team?sort=${String(sort)}&cursor=${forge(sort, ...parts)}`, {}), 422, 'invalid');
    assertProblem(await sendAs(`/api-keys?cursor=${forge('apiKeys', 2 ** 40, 0, 1, 'x')}`, {}), 422, 'invalid');
    // One of this list, and yet made up: a place in the order, no more than what one may see.
    const reply = await sendAs(`/team?cursor=${forge('entered', 0, '')}`, {});
    assert.equal(reply.status, 200);
    assert.ok(!reply.text.includes('example.org'));
  });

  it('ids and paths that no client writes', async () => {
    const key = { method: 'PATCH', body: { addresses: [] } };
    assertProblem(await sendAs(`/api-keys/${'x'.repeat(129)}`, key), 422, 'invalid');
    assertProblem(await sendAs(`/api-keys/${'x'.repeat(128)}`, key), 404, 'not-found');
    assertProblem(await sendAs('/api-keys/org-analytical.key-1%00', key), 400, 'unsafe-text');
    for (const id of ['a%2Fb', '..%2Forg-analytical.key-1', '%2e%2e%2fx', "'%20or%201=1", '%F0%9F%94%91', 'org-difference.key-1', '*', '%25', 'null', '__proto__']) assertProblem(await sendAs(`/api-keys/${id}`, key), 404, 'not-found');
    for (const id of ['%ff', '%', '%zz', '%c0%80']) assertProblem(await sendAs(`/api-keys/${id}`, key), 404, 'unknown-path');
    for (const path of ['', '/', '//', '/company/', '//company', '/company//', '/company/x', '/COMPANY', '/company%2F', '/company%00', '/company;x=1', '/api-keys//', '/.', '/problems/x', '/api-keys/x/y']) {
      const reply = await sendAs(path, {});
      assertProblem(reply, 404, 'unknown-path');
    }
    // A client's library has tidied these up before they go out, or the server does: the rest of the path decides, never the file system.
    for (const path of ['/../settings/company', '/./company', '/x/../company']) assert.equal((await sendAs(path, {})).status, 200, path);
    for (const path of ['/../../../../etc/passwd', '/../../../.data/secrets.json']) assert.ok([403, 404].includes((await sendAs(path, {})).status), path);
  });

  it('methods that a path does not take: 405, with what it takes', async () => {
    const methods: [string, string, string][] = [
      ['POST', '/company', 'GET, PATCH, DELETE'],
      ['PUT', '/company', 'GET, PATCH, DELETE'],
      ['POST', '/me/password', 'PUT'],
      ['GET', '/me/password', 'PUT'],
      ['PROPFIND', '/company', 'GET, PATCH, DELETE'],
      ['PURGE', '/me/email-change', 'POST, DELETE'],
      ['GET', '/email-change/confirm', 'POST'],
      ['POST', '/events', 'GET'],
      ['SEARCH', '/events', 'GET'],
    ];
    for (const [method, path, allow] of methods) {
      const reply = await sendAs(path, { method });
      assertProblem(reply, 405, 'method-not-allowed');
      assert.equal(reply.headers.allow, allow, `${method} ${path}`);
    }
    const head = await sendAs('/company', { method: 'HEAD' });
    assert.deepEqual([head.status, head.headers.allow, head.text], [405, 'GET, PATCH, DELETE', '']);
    for (const method of ['TRACE', 'SEARCH', 'LINK']) {
      const reply = await sendAs('/nothing', { method });
      assert.ok(reply.status === 404 || reply.status === 405, `${method}: ${String(reply.status)} ${reply.text}`);
    }
    // Hono answers preflights before the plugin sees them; a host without it gets this.
    const options = await lab().server.auth.handler(new Request(`${lab().server.url}${BASE}/company`, { method: 'OPTIONS', headers: { origin: lab().server.url } }));
    assert.deepEqual([options.status, options.headers.get('allow'), options.headers.get('content-type')], [405, 'GET, PATCH, DELETE', 'application/problem+json']);
    const overridden = await sendAs('/session?_method=DELETE', { method: 'POST', headers: { 'x-http-method-override': 'DELETE' } });
    assertProblem(overridden, 405, 'method-not-allowed');
  });

  it('a failure inside says so under an id that the log has, and not a word of what failed', async () => {
    const { db } = lab().place.store;
    await sql`alter table "settingsEmailChange" rename to "settingsEmailChangeAway"`.execute(db);
    try {
      const from = lab().lines.length;
      const reply = await sendAs('/me/email-change', { method: 'POST', body: { email: 'secret.wish@example.net' } });
      assertProblem(reply, 500, 'unexpected');
      const requestId = field(reply, 'requestId');
      assert.match(String(requestId), /^[0-9a-f-]{36}$/);
      const said = lab().lines.slice(from).join('\n');
      assert.ok(said.includes(String(requestId)));
      assert.ok(!said.includes('secret.wish'), 'what was typed is not in the log');
    } finally {
      await sql`alter table "settingsEmailChangeAway" rename to "settingsEmailChange"`.execute(db);
    }
    assert.equal((await sendAs('/me/email-change', { method: 'POST', body: { email: 'wish@example.net' } })).status, 200);
  });

  it('two people who confirm one address at the same moment: one has it, the other is told of the conflict', async () => {
    const tokens: string[] = [];
    for (const email of ['boole@example.com', 'jane@example.com']) {
      assert.equal((await call(lab().server, await lab().as(email), 'email.change', { email: 'shared@example.net' })).status, 200);
      tokens.push(await tokenFor(lab(), 'shared@example.net'));
    }
    const replies = await Promise.all(
      tokens.map((token, index) => {
        const server = lab().servers[index === 0 ? 0 : 1];
        return send(server, `${BASE}/email-change/confirm`, { method: 'POST', headers: { origin: server.url }, body: { token } });
      }),
    );
    assert.deepEqual(replies.map(({ status }) => status).sort(), [204, 409]);
    for (const reply of replies) assertTellsNothing(reply);
    for (const token of ['', 1, null, { a: 1 }, 'x'.repeat(60_000)]) {
      const reply = await send(lab().server, `${BASE}/email-change/confirm`, { method: 'POST', headers: { origin: lab().server.url }, body: { token } });
      assert.ok(reply.status === 404 || reply.status === 422, reply.text);
    }
  });
});
