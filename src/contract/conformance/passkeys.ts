import type { SettingsAdapter } from '../adapter.js';
import { addPasskey, addressOf, authenticatorOf, expect, expectEqual, expectRefusal, passkeysOf, stepUp, stepUpByPasskey, write } from './expect.js';
import type { SoftwareAuthenticator } from './authenticator.js';
import type { ConformanceCase, ConformanceRole, ConformanceWorld } from './harness.js';

const adding = ['passkeys.begin', 'passkeys.finish'] as const;
const proving = [...adding, 'auth.passkeyOptions', 'auth.stepUp', 'auth.context'] as const;
const requires = ['origin'] as const;

/** Somebody with a passkey, and what holds it. The member adds it on a sign-in of this moment, the others on a code. */
async function withPasskey(world: ConformanceWorld, role: ConformanceRole = 'member'): Promise<{ session: SettingsAdapter; authenticator: SoftwareAuthenticator }> {
  const session = await world.as(role);
  const authenticator = authenticatorOf(world);
  if (role !== 'member') {
    await stepUp(world, role, session);
    await addPasskey(session, authenticator);
    await write(session, 'auth.endStepUp', undefined);
  } else await addPasskey(session, authenticator);
  return { session, authenticator };
}

const freshUntil = async (session: SettingsAdapter): Promise<string | null> => (await session.call('auth.context', undefined)).stepUp.freshUntil;

const ask = (session: SettingsAdapter) => write(session, 'auth.passkeyOptions', undefined);
const answer = (session: SettingsAdapter, assertion: Awaited<ReturnType<SoftwareAuthenticator['get']>>) => write(session, 'auth.stepUp', { method: 'passkey', assertion });

/** What is wrong with an answer, as a page or a device would be that is not the right one. */
const wrongs: readonly [what: string, turn: (authenticator: SoftwareAuthenticator) => void, rpId?: string][] = [
  ['the origin of another page', (authenticator) => (authenticator.origin = 'https://elsewhere.example')],
  ['the domain of another site', () => undefined, 'elsewhere.example'],
  ['a person whom the authenticator did not verify', (authenticator) => (authenticator.traits.verifiesUser = false)],
];

export const passkeyCases: ConformanceCase[] = [
  {
    area: 'passkeys',
    name: 'a new passkey is listed with its name, not used yet, and tells nothing of its key',
    needs: [...adding, 'passkeys.list'],
    requires,
    run: async (world) => {
      const member = await world.as('member');
      expectEqual(await passkeysOf(member), [], 'the passkeys before');
      const made = await addPasskey(member, authenticatorOf(world, { synced: true }), '  My\u200b phone ');
      expectEqual([made.name, made.lastUsedAt], ['My phone', null], 'name and last use');
      expect(made.synced !== false, 'one that is kept in several places is said to be on one device');
      expectEqual(await passkeysOf(member), [made], 'the list');
      const second = await addPasskey(member, authenticatorOf(world), 'My phone');
      expect(second.synced !== true, 'one that is on one device is said to be kept in several places');
      expectEqual((await passkeysOf(member)).length, 2, 'passkeys of one name');
    },
  },
  {
    area: 'passkeys',
    name: 'keys of RS256 prove as well as those of ES256',
    needs: proving,
    requires,
    run: async (world) => {
      const member = await world.as('member');
      const authenticator = authenticatorOf(world, { algorithm: -257 });
      await addPasskey(member, authenticator);
      await stepUpByPasskey(member, authenticator);
    },
  },
  {
    area: 'passkeys',
    name: 'adding asks for a verified person and a passkey that is found without a name, and names those that there are',
    needs: adding,
    requires,
    run: async (world) => {
      const { session } = await withPasskey(world);
      const authenticator = authenticatorOf(world);
      const options = await write(session, 'passkeys.begin', undefined);
      expectEqual(options.authenticatorSelection?.userVerification, 'required', 'user verification');
      expectEqual(options.excludeCredentials.length, 1, 'passkeys that are named');
      await write(session, 'passkeys.finish', { name: 'Another', credential: await authenticator.create(options) });
      expectEqual((await write(session, 'passkeys.begin', undefined)).excludeCredentials.length, 2, 'passkeys that are named then');
    },
  },
  {
    area: 'passkeys',
    name: 'a passkey proves presence, with MFA on and without, is named among the methods first, and its use is told',
    needs: [...proving, 'passkeys.list'],
    requires,
    run: async (world) => {
      for (const [role, other] of [['member', 'password'], ['owner', 'totp']] as const) {
        const { session, authenticator } = await withPasskey(world, role);
        const { methods } = (await session.call('auth.context', undefined)).stepUp;
        expectEqual([methods[0], methods.includes(other)], ['passkey', true], 'the methods');
        expectEqual(await freshUntil(session), null, 'fresh before');
        const proof = await stepUpByPasskey(session, authenticator);
        expectEqual(await freshUntil(session), proof.freshUntil, 'fresh until');
        expect((await passkeysOf(session))[0]?.lastUsedAt !== null, 'its use is not told');
        await stepUpByPasskey(session, authenticator);
      }
    },
  },
  {
    area: 'passkeys',
    name: 'what needs the second factor goes through after a proof by passkey',
    needs: [...proving, 'apiKeys.reveal', 'auth.endStepUp'],
    requires,
    run: async (world) => {
      const { session, authenticator } = await withPasskey(world, 'owner');
      const { challenge } = await expectRefusal(write(session, 'apiKeys.reveal', {}), 'step-up-required');
      expect(challenge?.methods.includes('passkey') === true, 'the refusal does not name the passkey');
      await stepUpByPasskey(session, authenticator);
      await write(session, 'apiKeys.reveal', {});
    },
  },
  {
    area: 'passkeys',
    name: 'the answer of a passkey works once',
    needs: proving,
    requires,
    run: async (world) => {
      const { session, authenticator } = await withPasskey(world);
      const assertion = await authenticator.get(await ask(session));
      await answer(session, assertion);
      await expectRefusal(answer(session, assertion), 'wrong-credential');
    },
  },
  {
    area: 'passkeys',
    name: 'a challenge is over after a wrong answer, and when another one is made',
    needs: proving,
    requires,
    run: async (world) => {
      const { session, authenticator } = await withPasskey(world);
      const options = await ask(session);
      const right = await authenticator.get(options);
      await expectRefusal(answer(session, { ...right, response: { ...right.response, signature: right.response.authenticatorData } }), 'wrong-credential');
      await expectRefusal(answer(session, right), 'wrong-credential');
      const earlier = await authenticator.get(await ask(session));
      const later = await authenticator.get(await ask(session));
      await expectRefusal(answer(session, earlier), 'wrong-credential');
      expectEqual(await freshUntil(session), null, 'fresh after wrong answers');
      // It was the answer before that ended it.
      await expectRefusal(answer(session, later), 'wrong-credential');
      await stepUpByPasskey(session, authenticator);
    },
  },
  {
    area: 'passkeys',
    name: 'a challenge belongs to its session',
    needs: proving,
    requires,
    run: async (world) => {
      const { session, authenticator } = await withPasskey(world);
      const other = await world.reopen('member');
      await expectRefusal(answer(other, await authenticator.get(await ask(session))), 'wrong-credential');
      expectEqual(await freshUntil(other), null, 'fresh in the other session');
      const credential = await authenticatorOf(world).create(await write(session, 'passkeys.begin', undefined));
      await expectRefusal(write(other, 'passkeys.finish', { name: 'Elsewhere', credential }), 'not-found');
    },
  },
  {
    area: 'passkeys',
    name: 'a challenge to add is none to prove, and the other way round',
    needs: proving,
    requires,
    run: async (world) => {
      const { session, authenticator } = await withPasskey(world);
      const { challenge } = await write(session, 'passkeys.begin', undefined);
      await expectRefusal(answer(session, await authenticator.get({ challenge, allowCredentials: [] })), 'wrong-credential');
      const toAdd = await write(session, 'passkeys.begin', undefined);
      const toProve = await ask(session);
      const credential = await authenticatorOf(world).create({ ...toAdd, challenge: toProve.challenge });
      await expectRefusal(write(session, 'passkeys.finish', { name: 'By another challenge', credential }), 'invalid', 'not-found');
    },
  },
  {
    area: 'passkeys',
    name: 'a challenge ends by itself',
    needs: proving,
    requires: ['origin', 'advance'],
    run: async (world) => {
      const { session, authenticator } = await withPasskey(world);
      const credential = await authenticatorOf(world).create(await write(session, 'passkeys.begin', undefined));
      const assertion = await authenticator.get(await ask(session));
      await world.advance?.(599);
      await expectRefusal(answer(session, assertion), 'wrong-credential');
      await expectRefusal(write(session, 'passkeys.finish', { name: 'Late', credential }), 'not-found');
    },
  },
  ...wrongs.map(
    ([what, turn, rpId]): ConformanceCase => ({
      area: 'passkeys',
      name: `${what} proves nothing and adds nothing`,
      needs: [...proving, 'passkeys.list'],
      requires,
      run: async (world) => {
        const { session, authenticator } = await withPasskey(world);
        const options = await ask(session);
        const wrong = authenticatorOf(world);
        turn(authenticator);
        turn(wrong);
        const error = await expectRefusal(answer(session, await authenticator.get({ ...options, ...(rpId !== undefined && { rpId }) })), 'wrong-credential');
        expect(typeof error.attemptsLeft === 'number', 'tries left are told');
        expectEqual(await freshUntil(session), null, 'fresh after it');
        const toAdd = await write(session, 'passkeys.begin', undefined);
        const credential = await wrong.create(rpId === undefined ? toAdd : { ...toAdd, rp: { ...toAdd.rp, id: rpId } });
        const refusal = await expectRefusal(write(session, 'passkeys.finish', { name: 'Wrong', credential }), 'invalid');
        expectEqual(refusal.fields, { credential: 'invalid' }, 'what is wrong');
        expectEqual((await passkeysOf(session)).length, 1, 'passkeys');
      },
    }),
  ),
  {
    area: 'passkeys',
    name: 'a counter that runs backwards is that of a copy, and proves nothing',
    needs: proving,
    requires,
    run: async (world) => {
      const { session, authenticator } = await withPasskey(world);
      authenticator.counter = 40;
      await stepUpByPasskey(session, authenticator);
      authenticator.counter = 20;
      await expectRefusal(stepUpByPasskey(session, authenticator), 'wrong-credential');
      authenticator.counter = 41;
      await stepUpByPasskey(session, authenticator);
    },
  },
  {
    area: 'passkeys',
    name: 'the passkey of somebody else proves nothing, and is nobody’s twice',
    needs: proving,
    requires,
    run: async (world) => {
      const { session } = await withPasskey(world);
      const { authenticator } = await withPasskey(world, 'admin');
      await expectRefusal(stepUpByPasskey(session, authenticator), 'wrong-credential');
      expectEqual(await freshUntil(session), null, 'fresh after it');
      const twin = authenticatorOf(world);
      const first = await twin.create(await write(session, 'passkeys.begin', undefined));
      await write(session, 'passkeys.finish', { name: 'First', credential: first });
      const outsider = await stepUp(world, 'outsider');
      const { challenge } = await write(outsider, 'passkeys.begin', undefined);
      await expectRefusal(write(outsider, 'passkeys.finish', { name: 'Twice', credential: twin.again(challenge) }), 'conflict');
    },
  },
  {
    area: 'passkeys',
    name: 'wrong answers are followed by a wait, which right ones keep too',
    needs: proving,
    requires,
    run: async (world) => {
      const { session, authenticator } = await withPasskey(world);
      authenticator.origin = 'https://elsewhere.example';
      for (let tries = 0; tries < 10; tries++) {
        const error = await expectRefusal(stepUpByPasskey(session, authenticator), 'wrong-credential', 'rate-limited');
        if (error.kind === 'rate-limited') break;
        expect(tries < 9, 'ten wrong answers and no wait');
      }
      authenticator.origin = world.origin ?? '';
      const error = await expectRefusal(stepUpByPasskey(await world.reopen('member'), authenticator), 'rate-limited');
      expect((error.retryAfter ?? 0) > 0, 'the wait is told');
      // It is the passkeys that wait.
      await write(session, 'auth.stepUp', { method: 'password', password: world.password('member') });
    },
  },
  {
    area: 'passkeys',
    name: 'people without MFA add and remove on a recent sign-in; later they prove presence first',
    needs: [...proving, 'passkeys.remove'],
    requires: ['origin', 'advance'],
    run: async (world) => {
      const { session, authenticator } = await withPasskey(world);
      const [passkey] = await passkeysOf(session);
      const { maxAge } = (await session.call('auth.context', undefined)).stepUp;
      await world.advance?.(maxAge + 1);
      await expectRefusal(write(session, 'passkeys.begin', undefined), 'step-up-required');
      await expectRefusal(write(session, 'passkeys.remove', { id: passkey?.id ?? '' }), 'step-up-required');
      await stepUpByPasskey(session, authenticator);
      await addPasskey(session, authenticatorOf(world));
      await write(session, 'passkeys.remove', { id: passkey?.id ?? '' });
    },
  },
  {
    area: 'passkeys',
    name: 'a removed passkey is gone from the list and the methods and proves nothing; removing it again succeeds',
    needs: [...proving, 'passkeys.list', 'passkeys.remove'],
    requires,
    run: async (world) => {
      const { session, authenticator } = await withPasskey(world);
      const [passkey] = await passkeysOf(session);
      const id = passkey?.id ?? '';
      const assertion = await authenticator.get(await ask(session));
      await write(session, 'passkeys.remove', { id });
      expectEqual(await passkeysOf(session), [], 'the passkeys');
      expectEqual((await session.call('auth.context', undefined)).stepUp.methods, ['password'], 'the methods');
      await expectRefusal(answer(session, assertion), 'wrong-credential');
      await expectRefusal(ask(session), 'not-found');
      await write(session, 'passkeys.remove', { id });
      await expectRefusal(write(session, 'passkeys.rename', { id, name: 'Back' }), 'not-found');
    },
  },
  {
    area: 'passkeys',
    name: 'a proof by passkey ends when the last passkey is removed',
    needs: [...proving, 'passkeys.list', 'passkeys.remove'],
    requires,
    run: async (world) => {
      const { session, authenticator } = await withPasskey(world, 'owner');
      await stepUpByPasskey(session, authenticator);
      const [passkey] = await passkeysOf(session);
      await write(session, 'passkeys.remove', { id: passkey?.id ?? '' });
      expectEqual(await freshUntil(session), null, 'fresh after it');
    },
  },
  {
    area: 'passkeys',
    name: 'whoever adds or removes a passkey, its owner hears of it by mail',
    needs: [...adding, 'passkeys.list', 'passkeys.remove'],
    requires,
    run: async (world) => {
      const address = await addressOf(world, 'member');
      const before = (await world.mails(address)).length;
      const { session } = await withPasskey(world);
      expectEqual((await world.mails(address)).length, before + 1, 'mails after adding');
      await write(session, 'passkeys.remove', { id: (await passkeysOf(session))[0]?.id ?? '' });
      expectEqual((await world.mails(address)).length, before + 2, 'mails after removing');
    },
  },
];
