import { SettingsError } from '@userflux/settings/contract';
import { sql, type Expression, type RawBuilder, type SqlBool } from 'kysely';

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

/** @throws {SettingsError} `invalid` at `cursor` for one of another list or order */
export function readCursor(cursor: string, order: string): readonly Part[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(parts) && parts[0] === order && parts.length > 1) {
      const position = parts.slice(1).filter((part) => typeof part === 'string' || typeof part === 'number');
      if (position.length === parts.length - 1) return position;
    }
  } catch {
    // Not ours: answered below like every other cursor that is not.
  }
  throw new SettingsError('invalid', 'This cursor belongs to another list.', { fields: { cursor: 'invalid' } });
}
