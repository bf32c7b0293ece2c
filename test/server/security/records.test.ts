import assert from 'node:assert/strict';
import { it } from 'node:test';
import { fromBase32, randomToken } from '@userflux/settings/rules';
import { sweepAttempts } from '../../../server/src/plugin/attempts.js';
import { deliverQueuedMails, queueMail } from '../../../server/src/plugin/mail.js';
import { sweepEvents } from '../../../server/src/plugin/records.js';
import { codeAt, movableClock } from '../../support/authenticator.js';
import { BASE, call, countRows, eventsOf, everythingAtRest, field, native, onBoth, owingCode, SECRETS, send, tokenFor, type Reply, type Visitor } from './support.js';

const ADA = 'ada@example.com';
const MARY = 'mary@example.com';
const CHARLES = 'charles@example.com';
const AGENT = 'Mozilla/5.0 (stranger)';

/** Runs with the machine's clock, which Better Auth's own check of codes looks at. */
const clock = movableClock();

onBoth(
  'records',
  (lab) => {
    const lastRow = async (work: () => Promise<Reply>): Promise<{ reply: Reply; rows: string[]; who: (string | null)[] }> => {
      let reply: Reply | undefined;
      const rows = await eventsOf(lab(), async () => {
        reply = await work();
      });
      if (!reply) throw new Error('Nothing was sent.');
      for (const row of rows) {
        assert.match(row.address ?? '', /^(127\.0\.0\.1|::1|::ffff:127\.0\.0\.1)$/, `${row.action}: where`);
        assert.equal(row.userAgent, AGENT, `${row.action}: by what`);
        assert.ok(Math.abs(row.at - clock()) < 60_000, `${row.action}: when`);
      }
      return { reply, rows: rows.map(({ action, result }) => `${action} ${result}`), who: rows.map(({ userId }) => userId) };
    };
    const headers = { 'user-agent': AGENT };
    /** One row for each of these, of this person, with this result. */
    const leaves = async (expected: string | null, who: string | null, work: () => Promise<Reply>): Promise<Reply> => {
      const { reply, rows, who: whose } = await lastRow(work);
      assert.deepEqual(rows, expected === null ? [] : [expected], reply.text);
      if (expected !== null) assert.deepEqual(whose, [who === null ? null : await lab().userId(who)]);
      return reply;
    };

    it('each event of an account or a key leaves one row: who, what, when, where, with what result; a repeat leaves none', async () => {
      const signIn = (email: string, password: string): Promise<Reply> => native(lab().server, '/sign-in/email', { email, password }, { headers });
      await leaves('sign-in wrong-credential', MARY, () => signIn(MARY, 'not-the-password'));
      await leaves('sign-in wrong-credential', null, () => signIn('nobody@example.com', 'not-the-password'));
      const signedIn = await leaves('sign-in ok', MARY, () => signIn(MARY, 'physical-sciences-1834'));
      const cookie = signedIn.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
      await leaves('auth.signOut ok', MARY, () => native(lab().server, '/sign-out', {}, { cookie, headers }));
      await leaves(null, null, () => native(lab().server, '/sign-out', {}, { cookie, headers }));
      await leaves('sign-in step-up-required', ADA, () => signIn(ADA, 'analytical-engine-1843'));
      const owes = await owingCode(lab(), ADA);
      const verify = (code: string): Promise<Reply> => native(lab().server, '/two-factor/verify-totp', { code }, { ...owes, headers });
      const code = codeAt(SECRETS.owner ?? '', clock());
      const wrong = [code, codeAt(SECRETS.owner ?? '', clock() - 30_000)].includes('000000') ? '000001' : '000000';
      await leaves('sign-in wrong-credential', ADA, () => verify(wrong));
      await leaves('sign-in ok', ADA, () => verify(code));

      const by = (email: string) => async (operation: Parameters<typeof call>[2], input: Record<string, unknown> = {}, key: string = randomToken()): Promise<Reply> => call(lab().server, await visitor(email), operation, input, { key, headers });
      const visitors = new Map<string, Visitor>();
      const visitor = async (email: string): Promise<Visitor> => {
        const known = visitors.get(email) ?? (await (email === ADA ? lab().proven(email) : lab().as(email)));
        visitors.set(email, known);
        return known;
      };
      const [ada, mary, charles] = [by(ADA), by(MARY), by(CHARLES)];
      // What a lost answer brings again, under its key.
      const twice = async (expected: string, who: string, work: (key: string) => Promise<Reply>): Promise<Reply> => {
        const key = randomToken();
        const first = await leaves(expected, who, () => work(key));
        assert.ok(first.status < 300, first.text);
        const again = await leaves(null, who, () => work(key));
        assert.equal(again.status, first.status, again.text);
        return first;
      };
      await leaves('auth.stepUp wrong-credential', CHARLES, () => charles('auth.stepUp', { method: 'totp', code: wrong === codeAt(SECRETS.admin ?? '', clock()) ? '000002' : wrong }));
      await twice('auth.stepUp ok', CHARLES, (key) => charles('auth.stepUp', { method: 'totp', code: codeAt(SECRETS.admin ?? '', clock()) }, key));
      await twice('auth.endStepUp ok', CHARLES, (key) => charles('auth.endStepUp', {}, key));
      await twice('email.change ok', MARY, (key) => mary('email.change', { email: 'mary.new@example.net' }, key));
      await twice('email.cancel ok', MARY, (key) => mary('email.cancel', {}, key));
      await mary('email.change', { email: 'mary.new@example.net' });
      const token = await tokenFor(lab(), 'mary.new@example.net');
      const confirm = (): Promise<Reply> => send(lab().server, `${BASE}/email-change/confirm`, { method: 'POST', headers: { origin: lab().server.url, ...headers }, body: { token } });
      const confirmed = await lastRow(confirm);
      assert.deepEqual([confirmed.reply.status, confirmed.rows, confirmed.who], [204, ['email.confirm ok'], [await lab().userId('mary.new@example.net')]]);
      await leaves(null, null, confirm);
      const maryNew = 'mary.new@example.net';
      await leaves('password.change wrong-credential', maryNew, () => mary('password.change', { currentPassword: 'wrong', newPassword: 'a-heron-on-the-pond-1', signOutOthers: false }));
      await twice('password.change ok', maryNew, (key) => mary('password.change', { currentPassword: 'physical-sciences-1834', newPassword: 'a-heron-on-the-pond-1', signOutOthers: false }, key));
      const begun = await leaves(null, null, () => mary('mfa.begin'));
      const [secret, enrolmentId] = [String(field(begun, 'secret')), String(field(begun, 'enrolmentId'))];
      await leaves('mfa.confirm wrong-credential', maryNew, () => mary('mfa.confirm', { enrolmentId, code: codeAt(secret, clock() + 300_000) }));
      await twice('mfa.confirm ok', maryNew, (key) => mary('mfa.confirm', { enrolmentId, code: codeAt(secret, clock()) }, key));
      await twice('mfa.disable ok', maryNew, (key) => mary('mfa.disable', {}, key));
      await twice('team.invite ok', ADA, (key) => ada('team.invite', { invitations: [{ email: 'grace@example.net', role: 'member' }] }, key));
      const id = (await lab().place.store.db.selectFrom('invitation').select('id').where('email', '=', 'grace@example.net').executeTakeFirstOrThrow()).id;
      await twice('team.resend ok', ADA, (key) => ada('team.resend', { id }, key));
      await twice('team.revoke ok', ADA, (key) => ada('team.revoke', { id }, key));
      await leaves('team.invite forbidden', maryNew, () => mary('team.invite', { invitations: [{ email: 'grace@example.net', role: 'member' }] }));
      await twice('apiKeys.reveal ok', ADA, (key) => ada('apiKeys.reveal', { ids: ['org-analytical.key-1'] }, key));
      await twice('apiKeys.update ok', ADA, (key) => ada('apiKeys.update', { id: 'org-analytical.key-1', addresses: [{ address: '192.0.2.7', description: 'x' }] }, key));
      const invited = await ada('team.invite', { invitations: [{ email: 'joan@example.net', role: 'member' }] });
      assert.equal(invited.status, 200);
      const invitation = await tokenFor(lab(), 'joan@example.net');
      const signUp = (): Promise<Reply> => native(lab().server, '/sign-up/email', { name: 'Joan Clarke', email: 'joan@example.net', password: 'bombes-and-banburismus' }, { headers: { ...headers, 'invitation-token': invitation } });
      await leaves('sign-up ok', 'joan@example.net', signUp);
      await leaves('sign-up forbidden', null, () => native(lab().server, '/sign-up/email', { name: 'Eve', email: 'eve@example.net', password: 'bombes-and-banburismus' }, { headers }));
      await twice('invitation.accept ok', 'joan@example.net', (key) => by('joan@example.net')('invitation.accept', { token: invitation }, key));
      await twice('auth.signOut ok', 'joan@example.net', async (key) => by('joan@example.net')('auth.signOut', {}, key));
      await twice('company.update ok', ADA, (key) => ada('company.update', { name: 'Analytical Engines' }, key));
      await twice('profile.update ok', ADA, (key) => ada('profile.update', { name: 'Ada King' }, key));
      // Reads leave none, nor do writes that change nothing.
      for (const [operation, input] of [['auth.context', {}], ['company.get', {}], ['team.list', {}], ['apiKeys.list', {}], ['activity.list', {}], ['audit.list', {}], ['company.update', { name: 'Analytical Engines' }], ['profile.update', { name: 'Ada King' }]] as const) await leaves(null, null, () => ada(operation, input));
    });

    it('events stand in the log of the organisation in which they happened: sign-ins, tries, who joined and who declined included', async () => {
      const { db } = lab().place.store;
      const rows = await db.selectFrom('settingsEvent').select(['action', 'userId', 'organizationId', 'names', 'result']).execute();
      const ofMary = rows.filter(({ userId, action }) => action === 'sign-in' && userId !== null);
      assert.ok(ofMary.length >= 3 && ofMary.every(({ organizationId }) => organizationId === 'org-analytical'));
      // Nobody's: an address that has no account.
      assert.ok(rows.some(({ action, userId, organizationId }) => action === 'sign-in' && userId === null && organizationId === null));
      assert.deepEqual(rows.filter(({ action }) => action === 'invitation.accept').map(({ organizationId, names }) => [organizationId, names]), [['org-analytical', '["joan@example.net"]']]);
      assert.deepEqual(rows.filter(({ action, result }) => action === 'apiKeys.reveal' && result === 'ok').map(({ names }) => names)[0], '["Website events"]');
    });

    it('what is old is swept: events after a year, counts of tries after a month of quiet, never one that still holds somebody back', async () => {
      const { db } = lab().place.store;
      const day = 86_400_000;
      const now = clock();
      await db.deleteFrom('settingsAttempt').execute();
      await db
        .insertInto('settingsAttempt')
        .values([
          { id: 'password:quiet', failures: 4, waits: 3, lockedUntil: now - 31 * day, at: now - 31 * day },
          { id: 'password:recent', failures: 4, waits: 0, lockedUntil: 0, at: now - 29 * day },
          { id: 'password:held', failures: 0, waits: 9, lockedUntil: now + day, at: now - 31 * day },
        ])
        .execute();
      const [event] = await db.selectFrom('settingsEvent').selectAll().limit(1).execute();
      assert.ok(event);
      await db.insertInto('settingsEvent').values([{ ...event, id: 'old', at: now - 366 * day }, { ...event, id: 'younger', at: now - 364 * day }]).execute();
      const before = await countRows(lab(), 'settingsEvent');
      await sweepEvents(db, now);
      await sweepAttempts(db, now);
      assert.equal(await countRows(lab(), 'settingsEvent'), before - 1);
      assert.deepEqual((await db.selectFrom('settingsEvent').select('id').where('id', 'in', ['old', 'younger']).execute()).map(({ id }) => id), ['younger']);
      assert.deepEqual((await db.selectFrom('settingsAttempt').select('id').orderBy('id').execute()).map(({ id }) => id), ['password:held', 'password:recent']);
      await sweepEvents(db, now, 1);
      assert.equal((await db.selectFrom('settingsEvent').select('id').where('id', '=', 'younger').execute()).length, 0, 'a host may keep them shorter');
      await db.deleteFrom('settingsAttempt').execute();
    });

    it('a mail that was given up keeps its words and its address, not its link', async () => {
      const { store } = lab().place;
      await queueMail(store.db, clock(), { to: 'unreachable@example.net', subject: 'Join', text: 'Join us.', link: 'https://example.net/#invitation=never-to-be-kept' });
      const mail = (): Promise<{ tries: number; link: string | null } | undefined> => store.db.selectFrom('settingsMail').select(['tries', 'link']).where('to', '=', 'unreachable@example.net').executeTakeFirst();
      const others = await store.db.updateTable('settingsMail').set({ tries: 12 }).where('to', '!=', 'unreachable@example.net').returning('id').execute();
      assert.ok(others.length > 0);
      let now = clock();
      const lines: string[] = [];
      for (let round = 0; round < 12; round++) {
        assert.equal((await mail())?.link?.endsWith('never-to-be-kept'), true, `after ${String(round)} tries`);
        await deliverQueuedMails({ store, clock: () => now, log: (line) => lines.push(line) }, () => Promise.reject(new Error('no route')));
        now += 3_600_000;
      }
      assert.deepEqual(await mail(), { tries: 12, link: null });
      assert.equal(lines.length, 12);
      assert.doesNotMatch(lines.join(), /never-to-be-kept/);
    });

    it('a wrong code forty times at once is forty rows, those that the brake refused included', async () => {
      const before = await countRows(lab(), 'settingsEvent');
      const charles = await lab().as(CHARLES);
      await Promise.all(Array.from({ length: 40 }, (_, index) => call(lab().servers[index % 2 === 0 ? 0 : 1], charles, 'auth.stepUp', { method: 'totp', code: '999999' })));
      assert.equal(await countRows(lab(), 'settingsEvent'), before + 40);
    });

    it('a stolen database has no secret in clear: no password, authenticator, code, API key, link or idempotency key; the token of a session is all that Better Auth keeps so', async () => {
      const sophia = await lab().as('sophia@example.com');
      const key = `idempotency-${randomToken()}`;
      const begun = await call(lab().server, sophia, 'mfa.begin', {}, { key });
      const secret = String(field(begun, 'secret'));
      const pending = await everythingAtRest(lab());
      const code = codeAt(secret, clock());
      assert.equal((await call(lab().server, sophia, 'mfa.confirm', { enrolmentId: field(begun, 'enrolmentId'), code }, { key: `${key}-2` })).status, 200);
      const change = `typed-by-sophia-${randomToken()}`.toLowerCase();
      await call(lab().server, sophia, 'password.change', { currentPassword: change, newPassword: change, signOutOthers: false });
      await native(lab().server, '/sign-in/email', { email: `${change}@example.com`, password: change });
      await native(lab().server, '/two-factor/verify-totp', { code: '314159' }, await owingCode(lab(), ADA));
      const ada = await lab().proven(ADA);
      const keys = field(await call(lab().server, ada, 'apiKeys.reveal'), 'secrets') as { secret: string }[];
      await call(lab().server, ada, 'team.invite', { invitations: [{ email: 'thief@example.net', role: 'member' }] });
      await call(lab().server, sophia, 'email.change', { email: 'sophia.new@example.net' });
      const tokens = [await tokenFor(lab(), 'thief@example.net'), await tokenFor(lab(), 'sophia.new@example.net')];
      assert.ok(tokens.every((token) => token.length > 20));
      const bytes = Buffer.from(fromBase32(secret));
      const hidden = [secret, secret.toLowerCase(), bytes.toString('hex'), bytes.toString('base64').slice(0, 24), bytes.toString('base64url').slice(0, 24), change, '314159', key, ...keys.map((each) => each.secret), ...tokens, 'physical-sciences-1834', 'analytical-engine-1843', SECRETS.owner ?? '', SECRETS.admin ?? ''];
      const rest = [...pending, ...(await everythingAtRest(lab()))];
      assert.ok(rest.length > 500);
      for (const text of hidden) assert.deepEqual(rest.filter(({ where, value }) => where !== 'settingsMail.link' && value.includes(text)).map(({ where }) => where), [], text.slice(0, 4));
      // A code of six digits would be found in any long number: the columns that are texts of ours have none.
      assert.deepEqual(rest.filter(({ where, value }) => /^settings(Event|Write|Attempt|Enrolment)\./.test(where) && value === code).map(({ where }) => where), []);
      const sessionToken = decodeURIComponent(ada.cookie.split('=')[1] ?? '').split('.')[0] ?? '';
      assert.deepEqual([...new Set(rest.filter(({ value }) => value.includes(sessionToken)).map(({ where }) => where))], ['session.token']);
      assert.doesNotMatch(lab().lines.join('\n'), new RegExp(`${secret}|${change}|${tokens.join('|')}`));
    });

    it('owners hear by mail of what an attacker would do in silence: address (old and new), password, second factor, keys', async () => {
      const mails = await lab().place.store.db.selectFrom('settingsMail').select(['to', 'subject', 'text']).execute();
      const notices = mails.filter(({ subject }) => subject === 'Your account was changed').map(({ to, text }) => `${to}: ${text.split('. If')[0] ?? ''}`);
      for (const expected of [
        'mary@example.com: Somebody asked to change the email address of your account',
        'mary@example.com: The email address of your account was changed',
        'mary.new@example.net: This is now the email address of your account',
        'mary.new@example.net: The password of your account was changed',
        'mary.new@example.net: Multi-factor authentication was turned on for your account',
        'mary.new@example.net: Multi-factor authentication was turned off for your account',
        'ada@example.com: The source addresses of the API key "Website events" were changed',
      ])
        assert.ok(notices.includes(expected) || notices.some((notice) => notice.startsWith(expected.slice(0, 50))), `${expected}\n${notices.join('\n')}`);
    });
  },
  { clock },
);
