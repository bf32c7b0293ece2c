import { SettingsError } from '@userflux/settings/contract';
import { sql, type Expression, type RawBuilder, type SqlBool } from 'kysely';
import { isSafeText } from './body.js';

/** One part of a row's position in an order; the last part is the row's id, so that no two are equal. */
export type Part = string | number;

/** What comes behind a position. */
export function behind(columns: readonly Expression<Part>[], after: readonly Part[], descending: boolean): RawBuilder<SqlBool> {
  return sql<SqlBool>`(${sql.join(columns)}) ${sql.raw(descending ? '<' : '>')} (${sql.join(after)})`;
}

/** LIKE with nothing special in the word. */
export function contains(column: RawBuilder<unknown>, word: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`${column} like ${`%${word.replace(/[\\%_]/g, '\\$&')}%`} escape '\\'`;
}

/** Texts by their bytes in UTF-8, as both databases compare them (`Store.plain`). */
export function compare(left: readonly Part[], right: readonly Part[]): number {
  for (const [index, part] of left.entries()) {
    const other = right[index];
    const difference = typeof part === 'number' && typeof other === 'number' ? part - other : Buffer.compare(Buffer.from(String(part)), Buffer.from(String(other)));
    if (difference !== 0) return difference;
  }
  return 0;
}

export function writeCursor(order: string, position: readonly Part[]): string {
  return Buffer.from(JSON.stringify([order, ...position])).toString('base64url');
}

/** What a part of a position is: a place in a short order, a moment, a text. */
export type PartKind = 'rank' | 'moment' | 'text';

const isPart: Record<PartKind, (part: unknown) => part is Part> = {
  rank: (part): part is Part => typeof part === 'number' && Number.isInteger(part) && Math.abs(part) < 100,
  moment: (part): part is Part => Number.isSafeInteger(part),
  text: (part): part is Part => typeof part === 'string' && part.length <= 1000 && isSafeText(part),
};

/**
 * A cursor comes from outside like everything else: a part of another kind would be an error of the database.
 * @throws {SettingsError} `invalid` at `cursor` for one of another list or order
 */
export function readCursor(cursor: string, order: string, kinds: readonly PartKind[]): readonly Part[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(parts) && parts[0] === order && parts.length === kinds.length + 1) {
      const position = kinds.flatMap((kind, index): Part[] => {
        const part: unknown = parts[index + 1];
        return isPart[kind](part) ? [part] : [];
      });
      if (position.length === kinds.length) return position;
    }
  } catch {
    // Not ours: answered below like every other cursor that is not.
  }
  throw new SettingsError('invalid', 'This cursor belongs to another list.', { fields: { cursor: 'invalid' } });
}
