import { SettingsError } from '../../contract/errors.js';

/** What the position of a row in an order is made of; the last part is the row's id, so that no two are equal. */
export type Position = readonly (string | number)[];

export interface PageRequest<Row> {
  rows: Iterable<Row>;
  position: (row: Row) => Position;
  /** Parts that run the other way round, by index. */
  descending?: boolean;
  /** Names the order: a cursor of one order means nothing in another. */
  order: string;
  cursor?: string | undefined;
  limit: number;
}

const collator = new Intl.Collator('en', { numeric: true });

function compare(left: Position, right: Position): number {
  for (const [index, part] of left.entries()) {
    const other = right[index];
    const difference =
      typeof part === 'number' && typeof other === 'number'
        ? part - other
        : // Equal for people is not equal for machines ("resume", "re\u0301sume\u0301" by some rules): the code units decide in the end.
          collator.compare(String(part), String(other)) || (String(part) < String(other) ? -1 : String(part) > String(other) ? 1 : 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * One page of rows in an order, and a cursor that says **where in the order** it ended, not after how many rows: whatever is
 * written between two pages, no row comes twice and none is left out. One pass that keeps only the page itself, so that
 * 10,000 rows need no sorting.
 */
export function pageOf<Row>(request: PageRequest<Row>): { items: Row[]; nextCursor: string | null; total: number } {
  const sign = request.descending ? -1 : 1;
  const after = request.cursor === undefined ? undefined : readCursor(request.cursor, request.order);
  const page: { row: Row; position: Position }[] = [];
  let total = 0;
  for (const row of request.rows) {
    total++;
    const position = request.position(row);
    if (after && compare(position, after) * sign <= 0) continue;
    const last = page[request.limit];
    if (last && compare(position, last.position) * sign >= 0) continue;
    let index = page.length;
    for (let low = 0; low < index; ) {
      const middle = (low + index) >> 1;
      const other = page[middle];
      if (other && compare(position, other.position) * sign < 0) index = middle;
      else low = middle + 1;
    }
    page.splice(index, 0, { row, position });
    // One more than the page, to know whether another follows.
    if (page.length > request.limit + 1) page.pop();
  }
  const items = page.slice(0, request.limit);
  const end = items.at(-1);
  return {
    items: items.map((item) => item.row),
    nextCursor: page.length > request.limit && end ? JSON.stringify([request.order, ...end.position]) : null,
    total,
  };
}

function readCursor(cursor: string, order: string): Position {
  try {
    const parts: unknown = JSON.parse(cursor);
    if (Array.isArray(parts) && parts[0] === order) {
      const position = parts.slice(1).filter((part) => typeof part === 'string' || typeof part === 'number');
      if (position.length === parts.length - 1) return position;
    }
  } catch {
    // Not ours: answered below like every other cursor that is not.
  }
  throw new SettingsError('invalid', 'This cursor belongs to another list.', { fields: { cursor: 'invalid' } });
}
