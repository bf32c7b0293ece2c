import assert from 'node:assert/strict';
import { scryptSync } from 'node:crypto';
import { it } from 'node:test';
import { randomToken } from '@userflux/settings/rules';
import { call, codeOfReply, field, native, onBoth, tokenFor, type Reply } from './support.js';

const MARY = 'mary@example.com';

/** Password, and what is wrong with it for somebody without a second factor; MARY and the product are words about her. */
const PASSWORDS: readonly [password: string, problem: string | undefined][] = [
  ['correct-horse1', 'too-short'],
  ['🐎🔋📎🦄🐎🔋📎🦄🐎🔋📎🦄🐎🔋', 'too-short'], // 14 code points, 28 UTF-16 units
  ['password-password', 'common'],
  ['P@ssw0rdP@ssw0rd', 'common'],
  ['qwertyuiopasdfghjkl', 'common'],
  ['aaaaaaaaaaaaaaaaaaaa', 'common'],
  ['userflux-userflux', 'common'],
  ['x'.repeat(10) + 'Zq7-'.repeat(62), 'too-long'], // 258
  ['plover kestrel1', undefined],
  ['🐎🔋📎🦄🐎🔋📎🦄🐎🔋🦊🦄🐎🔋🐙', undefined],
  ['Zq7-plover-64'.padEnd(64, 'kestrel '), undefined],
  [`${'plover '.repeat(36)}4711`, undefined], // 256
];

onBoth('passwords', (lab) => {
  it('follow the rules wherever one is set, say why not, and are hashed slowly', async () => {
    const { db } = lab().place.store;
    const userId = await lab().userId(MARY);
    const hash = async (): Promise<string> => (await db.selectFrom('account').select('password').where('userId', '=', userId).executeTakeFirstOrThrow()).password ?? '';
    const internal = (await lab().server.auth.$context).internalAdapter;
    let current = 'physical-sciences-1834';
    const seen: Reply[] = [];
    for (const [password, problem] of PASSWORDS) {
      const mary = await lab().as(MARY);
      const changed = await call(lab().server, mary, 'password.change', { currentPassword: current, newPassword: password, signOutOthers: false });
      assert.equal(codeOfReply(changed), problem === undefined ? '204' : '422 invalid', password);
      assert.deepEqual(field(changed, 'fields'), problem === undefined ? undefined : { newPassword: problem });
      if (problem === undefined) current = password;

      const token = randomToken();
      await internal.createVerificationValue({ identifier: `reset-password:${token}`, value: userId, expiresAt: new Date(Date.now() + 600_000) });
      const reset = await native(lab().server, '/reset-password', { newPassword: password, token });
      assert.equal(reset.status, problem === undefined ? 200 : 400, `${password}: ${reset.text}`);
      if (problem !== undefined) assert.equal(field(reset, 'code'), `PASSWORD_${problem.toUpperCase().replaceAll('-', '_')}`);
      // A session of before the reset is over.
      if (problem === undefined) assert.equal((await call(lab().server, mary, 'auth.context')).status, 401);

      const email = `new.${randomToken().slice(0, 8).toLowerCase()}@example.net`;
      await call(lab().server, await lab().as('ada@example.com'), 'team.invite', { invitations: [{ email, role: 'member' }] });
      const signUp = await native(lab().server, '/sign-up/email', { name: 'Somebody New', email, password }, { headers: { 'invitation-token': await tokenFor(lab(), email) } });
      assert.equal(signUp.status, problem === undefined ? 200 : 400, `${password}: ${signUp.text}`);
      if (problem !== undefined) assert.equal(field(signUp, 'code'), `PASSWORD_${problem.toUpperCase().replaceAll('-', '_')}`);
      seen.push(changed, reset, signUp);
    }
    const stored = await hash();
    const [salt = '', key = ''] = stored.split(':');
    assert.equal(salt.length, 32, '128 bit of salt');
    // scrypt as OWASP has it or slower: N = 2^14, r = 16, p = 1 is 32 MB a try.
    assert.equal(scryptSync(current.normalize('NFKC'), salt, 64, { N: 16_384, r: 16, p: 1, maxmem: 64 * 1024 * 1024 }).toString('hex'), key);
    const hashes = (await db.selectFrom('account').select('password').execute()).map(({ password }) => password ?? '-');
    assert.equal(new Set(hashes.filter((each) => each !== '-')).size, hashes.filter((each) => each !== '-').length, 'one salt each');
    for (const reply of seen) for (const each of hashes) assert.ok(each === '-' || !reply.text.includes(each.slice(0, 32)));
  });

  it('words about the person and the organisation make one common, in every place that knows them', async () => {
    const mary = await lab().as(MARY);
    const current = PASSWORDS.at(-1)?.[0];
    for (const newPassword of ['marysomerville1780', 'Mary.Somerville!', 'analyticalengines']) {
      const reply = await call(lab().server, mary, 'password.change', { currentPassword: current, newPassword, signOutOthers: false });
      assert.deepEqual([codeOfReply(reply), field(reply, 'fields')], ['422 invalid', { newPassword: 'common' }], newPassword);
    }
    const unchanged = await call(lab().server, mary, 'password.change', { currentPassword: current, newPassword: current, signOutOthers: false });
    assert.deepEqual(field(unchanged, 'fields'), { newPassword: 'unchanged' });
    const internal = (await lab().server.auth.$context).internalAdapter;
    const token = randomToken();
    await internal.createVerificationValue({ identifier: `reset-password:${token}`, value: await lab().userId(MARY), expiresAt: new Date(Date.now() + 600_000) });
    assert.equal(field(await native(lab().server, '/reset-password', { newPassword: 'marysomerville1780', token }), 'code'), 'PASSWORD_COMMON');
    // The token is used up by the one that is set, and not before.
    assert.equal((await native(lab().server, '/reset-password', { newPassword: 'an-owl-in-the-tower-9', token })).status, 200);
    assert.equal((await native(lab().server, '/reset-password', { newPassword: 'an-owl-in-the-tower-8', token })).status, 400);
  });

  it('of two changes at once with the same current password one wins; with a second factor eight characters do', async () => {
    const sessions = [await lab().as(MARY), await lab().as(MARY)] as const;
    const replies = await Promise.all(sessions.map((session, index) => call(lab().servers[index === 0 ? 0 : 1], session, 'password.change', { currentPassword: 'an-owl-in-the-tower-9', newPassword: `a-heron-on-the-pond-${String(index)}`, signOutOthers: false })));
    assert.deepEqual(replies.map(codeOfReply).sort(), ['204', '403 wrong-credential']);
    const ada = await lab().proven('ada@example.com');
    const other = await lab().as('ada@example.com');
    const change = (newPassword: string): Promise<Reply> => call(lab().server, ada, 'password.change', { currentPassword: 'analytical-engine-1843', newPassword, signOutOthers: true });
    assert.deepEqual(field(await change('Zq7-xbo'), 'fields'), { newPassword: 'too-short' });
    assert.equal((await change('Zq7-xbow')).status, 204);
    assert.equal((await call(lab().server, other, 'auth.context')).status, 401, 'the others are signed out');
    assert.equal((await call(lab().server, ada, 'auth.context')).status, 200);
  });
});
