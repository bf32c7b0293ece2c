import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { isClosed } from '../../../server/src/plugin/closed.js';
import { ADA_PASSWORD } from '../../../src/adapters/memory/worlds.js';
import { assertTellsNothing, call, codeOf, countRows, field, native, NATIVE, onBoth, SECRETS, send, tokenFor, type Reply } from './support.js';

/**
 * Better Auth's own endpoints that a stranger may reach, and why each goes round no rule. Whatever an update or a new plugin of Better
 * Auth adds has to be looked at, and put here or closed: until then this test fails.
 */
const OPEN: Record<string, string> = {
  'GET /ok': 'says that the server is there',
  'GET /error': 'a page for failed redirects; shows no input unescaped',
  'GET /get-session': 'who is signed in, without the token',
  'POST /get-session': 'refused by Better Auth unless sessions are refreshed by POST',
  'POST /sign-out': 'ends the own session',
  'POST /sign-in/email': 'under the brake of the account',
  'POST /sign-in/social': 'needs a provider that the host has configured',
  'GET /callback/:id': 'the way back from such a provider, bound by its state',
  'POST /callback/:id': 'the same by POST',
  'POST /sign-up/email': 'needs an open invitation of that address',
  'POST /two-factor/verify-totp': 'at sign-in only; codes are good once, under the brake',
  'POST /two-factor/verify-backup-code': 'at sign-in only, under the same brake',
  'GET /passkey/generate-authenticate-options': 'a challenge for signing in; names passkeys to their owner alone',
  'POST /passkey/verify-authentication': 'signs in where the authenticator has verified the person; under a brake of its own',
  'POST /request-password-reset': 'the host has to configure the mail; says the same for every address',
  'GET /reset-password/:token': 'redirects to a trusted page',
  'POST /reset-password': 'needs the token of the mail; passwords follow the rules',
  'POST /send-verification-email': 'the host has to configure the mail; says the same for every address',
  'GET /verify-email': 'needs a token that this server signed',
  'GET /list-accounts': 'names of the own providers; no token',
  'POST /refresh-token': 'tokens of providers that the host has configured, of the own account',
  'POST /get-access-token': 'the same',
  'GET /account-info': 'the same',
};

onBoth('endpoints of Better Auth itself', (lab) => {
  it('each one is closed, or stands in the list of those that may be open', async () => {
    const ada = await lab().proven('ada@example.com');
    const seen = new Set<string>();
    const answered: string[] = [];
    for (const endpoint of Object.values(lab().server.auth.api) as { path?: string; options?: { method?: string | string[]; metadata?: { SERVER_ONLY?: boolean } } }[]) {
      const { path, options } = endpoint;
      if (path === undefined || options?.metadata?.SERVER_ONLY === true || path.startsWith('/settings/')) continue;
      for (const method of [options?.method ?? 'GET'].flat()) {
        const name = `${method} ${path}`;
        seen.add(name);
        if (OPEN[name] !== undefined) continue;
        const reply = await send(lab().server, NATIVE + path.replace(/:\w+/g, 'x'), { method, headers: { origin: lab().server.url, cookie: ada.cookie }, ...(method !== 'GET' && { body: {} }) });
        answered.push(`${name}: ${String(reply.status)} ${String(field(reply, 'code'))}`);
        assertTellsNothing(reply);
      }
    }
    assert.ok(answered.length >= 40, `${String(answered.length)} were tried`);
    assert.deepEqual(answered.filter((line) => !line.endsWith(': 403 CLOSED')), []);
    assert.deepEqual(Object.keys(OPEN).filter((name) => !seen.has(name)), [], 'the list names what there is');
  });

  it('a path written in another way opens nothing', async () => {
    const ada = await lab().proven('ada@example.com');
    const body = { newEmail: 'eve@example.net', password: ADA_PASSWORD };
    for (const path of ['/change-email/', '//change-email', '/./change-email', '/x/../change-email', '/change-email?x', '/change%2Demail', '/change-email%00', '/CHANGE-EMAIL', '/change-email;x', '/two-factor//disable', '/two-factor/disable/', '/organization/leave/', '/organization//leave', '/api-key/create/', '/settings/../change-email', '/%2e%2e/auth/change-email', '\\change-email']) {
      // Better Auth's brake on addresses would answer in place of what is under test.
      await sql`delete from "rateLimit"`.execute(lab().place.store.db);
      const reply = await send(lab().server, NATIVE + path, { method: 'POST', headers: { origin: lab().server.url, cookie: ada.cookie }, body });
      assert.ok([400, 403, 404].includes(reply.status), `${path}: ${String(reply.status)}`);
    }
    const person = await lab().place.store.db.selectFrom('user').select(['email', 'twoFactorEnabled']).where('email', '=', 'ada@example.com').executeTakeFirst();
    assert.ok(person?.twoFactorEnabled);
  });

  it('no session token stands in a body: neither at sign-in nor afterwards; the cookie is for the server alone', async () => {
    const signIn = await native(lab().server, '/sign-in/email', { email: 'mary@example.com', password: 'physical-sciences-1834' });
    assert.equal(signIn.status, 200, signIn.text);
    assert.equal(field(signIn, 'token'), undefined);
    assert.equal((field(signIn, 'user') as { email?: string }).email, 'mary@example.com');
    const [cookie = ''] = signIn.headers['set-cookie'] ?? [];
    assert.match(cookie, /HttpOnly/i);
    assert.match(cookie, /SameSite=Lax/i);
    const [pair = ''] = cookie.split(';');
    const session = await native(lab().server, '/get-session', undefined, { cookie: pair });
    assert.equal((field(session, 'user') as { email?: string }).email, 'mary@example.com');
    const token = decodeURIComponent(pair.split('=')[1] ?? '').split('.')[0] ?? '';
    assert.ok(token.length >= 24);
    for (const reply of [signIn, session, await call(lab().server, { cookie: pair }, 'auth.context')]) assert.ok(!reply.text.includes(token));
    // The server's own code still gets it.
    const inside = await lab().server.auth.api.getSession({ headers: new Headers({ cookie: pair }) });
    assert.equal(inside?.session.token, token);
  });

  it('inside a session nothing of Better Auth checks codes or passwords, which would be guessing without a count', async () => {
    const ada = await lab().as('ada@example.com');
    for (const path of ['/two-factor/verify-totp', '/two-factor/verify-backup-code']) {
      const reply = await native(lab().server, path, { code: codeOf(SECRETS.owner ?? '', Date.now()) }, ada);
      assert.equal(`${String(reply.status)} ${String(field(reply, 'code'))}`, '403 CLOSED');
    }
    assert.equal((await native(lab().server, '/verify-password', { password: ADA_PASSWORD }, ada)).status, 403);
  });

  it('nobody signs up without an open invitation of just that address', async () => {
    const ada = await lab().as('ada@example.com');
    const invite = (email: string): Promise<Reply> => call(lab().server, ada, 'team.invite', { invitations: [{ email, role: 'member' }] });
    const row = (reply: Reply): string => (field(reply, 'results') as { row: { id: string } }[])[0]?.row.id ?? '';
    const signUp = (email: string, token: string | undefined, extra: object = {}): Promise<Reply> =>
      native(lab().server, '/sign-up/email', { name: 'Grace Hopper', email, password: 'nanoseconds-of-wire-1', ...extra }, { headers: token === undefined ? {} : { 'invitation-token': token } });
    await invite('grace@example.net');
    const open = await tokenFor(lab(), 'grace@example.net');
    const revoked = await invite('revoked@example.net');
    const revokedToken = await tokenFor(lab(), 'revoked@example.net');
    await call(lab().server, ada, 'team.revoke', { id: row(revoked) });
    const people = await countRows(lab(), 'user');
    const refused = [
      await signUp('grace@example.net', undefined),
      await signUp('grace@example.net', 'guessed'),
      await signUp('grace@example.net', 'x\u00ff'.repeat(100)),
      await signUp('eve@example.net', open),
      await signUp('revoked@example.net', revokedToken),
      await signUp('ada@example.com', undefined),
      await signUp('ada@example.com', open),
    ];
    assert.deepEqual(refused.map(({ status }) => status), [403, 403, 403, 403, 403, 403, 403]);
    // What is there and what is not looks the same (S11).
    assert.equal(refused[0]?.text, refused[5]?.text);
    assert.equal(refused[3]?.text, refused[6]?.text);
    for (const extra of [{ image: 'javascript:alert(1)' }, { image: 'http://example.net/me.png' }, { name: '' }, { name: 'x'.repeat(201) }, { name: 'Grace\u0000Hopper' }, { name: 'Grace \ud800' }, { name: ['Grace'] }, { password: 'short' }, { password: 'hopperhopper1234' }, { password: 'password-password' }, { role: 'owner', twoFactorEnabled: true, searchKey: 'x' }]) {
      const reply = await signUp('grace@example.net', open, extra);
      assert.equal(reply.status, 400, `${JSON.stringify(extra)}: ${reply.text}`);
    }
    assert.equal(await countRows(lab(), 'user'), people);
    const made = await signUp('GRACE@example.net', open, { name: ' Grace\u202e  Hopper ', emailVerified: false, id: 'person-1' });
    assert.equal(made.status, 200, made.text);
    const person = await lab().place.store.db.selectFrom('user').selectAll().where('email', '=', 'grace@example.net').executeTakeFirstOrThrow();
    assert.equal(person.name, 'Grace Hopper');
    assert.notEqual(person.id, 'person-1');
    assert.ok(!person.twoFactorEnabled);
    // Signed up is not joined: that is the acceptance, with its own check.
    assert.equal((await lab().place.store.db.selectFrom('member').select('id').where('userId', '=', person.id).execute()).length, 0);
  });

  it('forged tokens of mails open nothing, and unsafe texts are refused before the database sees them', async () => {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const forged = `${part({ alg: 'none' })}.${part({ email: 'ada@example.com', updateTo: 'eve@example.net', requestType: 'change-email-verification', userId: await lab().userId('ada@example.com') })}.`;
    assert.equal((await native(lab().server, `/verify-email?token=${forged}`)).status, 401);
    assert.equal((await native(lab().server, '/reset-password', { newPassword: 'a-long-new-password-1', token: 'guessed' })).status, 400);
    const unsafe: [string, object][] = [
      ['/reset-password', { newPassword: 'a-long-new-password-1', token: 'x\u0000' }],
      ['/sign-in/email', { email: 'ada@example.com\u0000', password: 'x' }],
      ['/sign-in/email', { email: 'ada@example.com', password: '\ud800' }],
      ['/two-factor/verify-totp', { code: '12\u00003456' }],
    ];
    for (const [path, body] of unsafe) {
      const reply = await native(lab().server, path, body);
      assert.equal(`${String(reply.status)} ${String(field(reply, 'code'))}`, '400 UNSAFE_TEXT', `${path} ${JSON.stringify(body)}`);
      assertTellsNothing(reply);
    }
    for (const email of [['ada@example.com'], { $ne: '' }, 1, null, true, '', `${'long'.repeat(12_000)}@example.com`, `${crypto.randomUUID().repeat(1500)}@example.com`]) {
      const reply = await native(lab().server, '/sign-in/email', { email, password: 'some-password' });
      assert.ok([400, 401].includes(reply.status), `${JSON.stringify(email).slice(0, 40)}: ${String(reply.status)} ${reply.text.slice(0, 200)}`);
      assertTellsNothing(reply);
    }
  });
});

describe('the list of closed endpoints', () => {
  it('holds where a host has told Better Auth to overlook slashes at the end', () => {
    for (const path of ['/change-email', '/change-email/', '/change-email//', '/organization/leave', '/organization/leave/', '/api-key/create/']) assert.ok(isClosed(path), path);
    for (const path of ['/sign-in/email', '/get-session', '/settings/company', '/sign-out/']) assert.ok(!isClosed(path), path);
  });
});
