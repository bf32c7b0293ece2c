import { base64, fromBase64, keptPicture, randomToken, type Picture } from '@userflux/settings/rules';
import { TransportError } from './body.js';
import type { Call, Place } from './call.js';
import type { Queries } from './store.js';

/** Whose picture it is. */
export type PictureOwner = { userId: string } | { organizationId: string };

/** Below the API's base URL; the name of a picture is an id that nobody guesses, and a new one for each picture. */
const PICTURES = /^\/pictures\/([0-9A-Za-z]{27})$/;

/** Relative to the API's base URL, which only its callers know for sure (there may be proxies between). */
export function pictureUrl(id: string | null): string | null {
  return id === null ? null : `pictures/${id}`;
}

/** The id behind a path of the API; undefined where it is no picture's. */
export function pictureId(path: string): string | undefined {
  return PICTURES.exec(path)?.[1];
}

/** Takes the place of the owner's picture before. Answers the id of the new one. @throws {SettingsError} `invalid` */
export async function keepPicture(call: Pick<Call, 'db' | 'now'>, owner: PictureOwner, picture: Picture): Promise<string> {
  const { type, bytes } = keptPicture(picture);
  await dropPictures(call.db, owner);
  const id = randomToken();
  await call.db
    .insertInto('settingsPicture')
    .values({ id, userId: null, organizationId: null, ...owner, type, data: base64(bytes), at: call.now })
    .execute();
  return id;
}

export async function dropPictures(db: Queries, owner: PictureOwner): Promise<void> {
  const [column, id] = 'userId' in owner ? (['userId', owner.userId] as const) : (['organizationId', owner.organizationId] as const);
  await db.deleteFrom('settingsPicture').where(column, '=', id).execute();
}

/**
 * A picture for an `img` element, which can send neither a token nor, to another site, a cookie: its URL is what one has to know.
 * Whatever a browser makes of the bytes, it runs nothing of them.
 */
export async function servePicture({ store }: Place, id: string): Promise<Response> {
  const row = await store.db.selectFrom('settingsPicture').select(['type', 'data']).where('id', '=', id).executeTakeFirst();
  if (!row) throw new TransportError('unknown-path', 'There is no picture of this name (any more).');
  return new Response(fromBase64(row.data), {
    headers: {
      'Content-Type': row.type,
      'Content-Disposition': 'inline',
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Cross-Origin-Resource-Policy': 'cross-origin',
      // Another picture has another name.
      'Cache-Control': 'private, max-age=31536000, immutable',
    },
  });
}

