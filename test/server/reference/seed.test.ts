import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ADA_TOTP_SECRET, largeTeamWorld, mfaOnWorld, noKeysWorld } from '../../../src/adapters/memory/index.js';
import { Secret, TOTP } from 'otpauth';
import { ADA, emailOf, json, testServer, Visitor } from './support.js';

describe('A world in the database', () => {
  it('with MFA on: the password alone signs nobody in, a code of the authenticator does, once', async () => {
    const { url } = await testServer({ world: mfaOnWorld() });
    const ada = new Visitor(url);
    assert.equal((await json(await ada.signIn(ADA)))['twoFactorRedirect'], true);
    assert.equal(await emailOf(ada), undefined);
    const code = new TOTP({ secret: Secret.fromBase32(ADA_TOTP_SECRET) }).generate();
    assert.equal((await ada.post('/api/auth/two-factor/verify-totp', { code })).status, 200);
    assert.equal(await emailOf(ada), ADA.email);
    const again = new Visitor(url);
    await again.signIn(ADA);
    assert.equal((await again.post('/api/auth/two-factor/verify-totp', { code })).status, 401);
    assert.equal(await emailOf(again), undefined);
  });

  it('keeps API keys so that they can be revealed, or as hashes only', async () => {
    const sealed = async (reveal: 'step-up' | 'creation-only'): Promise<(string | null)[]> => {
      const { database } = await testServer({ reveal });
      return (await database.db.selectFrom('apikey').select('sealed').execute()).map((row) => row.sealed);
    };
    assert.ok((await sealed('step-up')).every((text) => text?.startsWith('s1.')));
    assert.ok((await sealed('creation-only')).every((text) => text === null));
  });

  it('may be empty of keys, and may have ten thousand members', async () => {
    const none = await testServer({ world: noKeysWorld() });
    assert.equal((await none.database.db.selectFrom('apikey').select('id').execute()).length, 0);
    const { url } = await testServer({ world: largeTeamWorld() });
    const ada = new Visitor(url);
    await ada.signIn(ADA);
    const { total, items } = await json(await ada.get('/api/auth/settings/team'));
    assert.equal(total, 10_000);
    assert.ok(Array.isArray(items) && items.length === 25);
  });

  it('is not planted where nobody wants it', async () => {
    const { url, database, facts } = await testServer({ seed: 'none' });
    assert.equal((await database.db.selectFrom('user').select('id').execute()).length, 0);
    assert.deepEqual(facts.people, []);
    assert.equal((await new Visitor(url).signIn(ADA)).status, 401);
  });
});
