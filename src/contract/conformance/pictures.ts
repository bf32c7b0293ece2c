import type { SettingsAdapter } from '../adapter.js';
import { examplePicture, otherPicture } from '../examples.js';
import { callLoosely, expect, expectEqual, expectRefusal, newKey, write } from './expect.js';
import type { ConformanceCase } from './harness.js';

type Bytes = typeof examplePicture.bytes;

/** The example with other bytes from a place on. */
function patched(at: number, ...bytes: number[]): Bytes {
  const copy = examplePicture.bytes.slice();
  copy.set(bytes, at);
  return copy;
}

const text = (content: string): Bytes => new Uint8Array(new TextEncoder().encode(content));

/** Whatever is no picture of ours; a PNG has its width at 16 and its height at 20. */
const wrong: readonly (readonly [what: string, bytes: Bytes])[] = [
  ['a drawing with a script in it', text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
  ['a page', text('<!doctype html><script>alert(1)</script>')],
  ['a start without an end', examplePicture.bytes.slice(0, 40)],
  ['a picture that is wider than high', patched(16, 0, 0, 0, 2)],
  ['a picture of 513 pixels', patched(16, 0, 0, 2, 1, 0, 0, 2, 1)],
  ['a picture of two thousand million pixels', patched(16, 0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff)],
];

const avatarOf = async (session: SettingsAdapter): Promise<string | null> => (await session.call('auth.context', undefined)).user.avatarUrl;

export const pictureCases: ConformanceCase[] = [
  {
    area: 'avatar',
    name: 'what is no picture, is cut off, not square or too wide is invalid at its bytes, and the picture stays as it was',
    needs: ['avatar.set', 'auth.context'],
    run: async (world) => {
      const member = await world.as('member');
      await write(member, 'avatar.set', examplePicture);
      const before = await avatarOf(member);
      for (const [what, bytes] of wrong) {
        const { fields } = await expectRefusal(write(member, 'avatar.set', { type: 'image/png', bytes }), 'invalid');
        expect(fields?.['bytes'] !== undefined, `${what} is not refused at its bytes`);
      }
      expectEqual(await avatarOf(member), before, 'the picture after refusals');
    },
  },
  {
    area: 'avatar',
    name: 'a type is not believed: neither one that the bytes do not have, nor one that can hold a script',
    needs: ['avatar.set', 'auth.context'],
    run: async (world) => {
      const member = await world.as('member');
      await expectRefusal(write(member, 'avatar.set', { ...examplePicture, type: 'image/jpeg' }), 'invalid');
      await expectRefusal(callLoosely(member, 'avatar.set', { ...examplePicture, type: 'image/svg+xml' }, { idempotencyKey: newKey() }), 'invalid');
      expectEqual(await avatarOf(member), null, 'the picture after refusals');
    },
  },
  {
    area: 'avatar',
    name: 'a picture is the own one of who set it, and a new picture has another URL',
    needs: ['avatar.set', 'auth.context'],
    run: async (world) => {
      const member = await world.as('member');
      const { avatarUrl: first } = await write(member, 'avatar.set', examplePicture);
      const { avatarUrl: second } = await write(member, 'avatar.set', otherPicture);
      expect(first !== null && second !== null && first !== second, 'an old picture could come from a cache under the URL of the new one');
      expectEqual(await avatarOf(await world.as('owner')), null, 'the picture of somebody else');
    },
  },
  {
    area: 'avatar',
    name: 'a new picture leaves the version of the details alone: what is being typed beside it can be saved',
    needs: ['avatar.set', 'avatar.remove', 'profile.update', 'auth.context'],
    run: async (world) => {
      const member = await world.as('member');
      const { version } = (await member.call('auth.context', undefined)).user;
      await write(member, 'avatar.set', examplePicture);
      await write(member, 'avatar.remove', undefined);
      await write(member, 'profile.update', { name: 'Quux Of The Suite' }, { ifMatch: version });
    },
  },
  {
    area: 'logo',
    name: 'everybody in the organisation sees its logo, and nobody elsewhere',
    needs: ['logo.set', 'company.get', 'auth.context'],
    run: async (world) => {
      const { logoUrl } = await write(await world.as('owner'), 'logo.set', examplePicture);
      expect(logoUrl !== null, 'the answer has no logo');
      const member = await world.as('member');
      expectEqual((await member.call('company.get', undefined)).logoUrl, logoUrl, 'the logo as a member reads it');
      expectEqual((await member.call('auth.context', undefined)).organisation?.logoUrl, logoUrl, 'the logo in the context');
      expectEqual((await (await world.as('outsider')).call('company.get', undefined)).logoUrl, null, 'the logo of another organisation');
    },
  },
];
