import { Agent } from 'node:http';
import { percentile } from './load.js';
import type { Visitor } from './processes.js';
import { assertOk, send, type Sent } from './requests.js';

/** Rows on a page. */
const PAGE = 50;
/** The most that the contract gives at once: for walking. */
const STRIDE = 100;

const orders = { default: undefined, date: '-date', name: 'name' } as const;
type Order = keyof typeof orders;

export interface PagingFigures {
  what: string;
  /** Milliseconds, by size of the team. */
  sizes: { size: number; median: number; p99: number }[];
  /** The largest team's median to the smallest one's. */
  ratio: number;
}

interface Cell {
  what: string;
  size: number;
  cookie: string;
  sent: Sent;
  took: number[];
}

interface Page {
  items: { id: string }[];
  nextCursor: string | null;
  total: number;
}

/**
 * Pages of teams of all sizes in turn, one request at a time: whatever else the machine does meanwhile meets all of them alike, and the
 * ratios hold although the times do not.
 * @param rounds how often each page is asked for
 */
export async function measurePaging(port: number, teams: readonly Visitor[], rounds: number, tell: (line: string) => void): Promise<PagingFigures[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const cells: Cell[] = [];
    for (const { cookie, size = 0 } of teams) {
      const add = (what: string, path: string): void => void cells.push({ what, size, cookie, sent: { method: 'GET', path }, took: [] });
      for (const order of ['default', 'date', 'name'] as const) {
        const { middle, last } = await walk(agent, port, cookie, order, size);
        add(`${order}, first page`, pathOf(order, PAGE));
        add(`${order}, page in the middle`, pathOf(order, PAGE, middle));
        add(`${order}, last page`, pathOf(order, PAGE, last));
        tell(`  walked ${size} by ${order}`);
      }
      add('search, one row', `/team?limit=${PAGE}&search=member${String(Math.floor(size / 2)).padStart(6, '0')}`);
      add('search, a family name', `/team?limit=${PAGE}&search=noether`);
    }
    for (let round = -Math.ceil(rounds / 10); round < rounds; round++) {
      for (const { sent, cookie, took } of cells) {
        const reply = await send(agent, port, cookie, sent);
        assertOk(reply, sent);
        if (round >= 0) took.push(reply.took);
      }
    }
    return figuresOf(cells);
  } finally {
    agent.destroy();
  }
}

function figuresOf(cells: readonly Cell[]): PagingFigures[] {
  return [...new Set(cells.map(({ what }) => what))].map((what) => {
    const sizes = cells
      .filter((cell) => cell.what === what)
      .map(({ size, took }) => {
        const sorted = took.toSorted((left, right) => left - right);
        return { size, median: percentile(sorted, 0.5), p99: percentile(sorted, 0.99) };
      });
    return { what, sizes, ratio: (sizes.at(-1)?.median ?? Number.NaN) / (sizes[0]?.median ?? Number.NaN) };
  });
}

function pathOf(order: Order, limit: number, cursor?: string): string {
  const query = new URLSearchParams({ limit: String(limit) });
  const sort = orders[order];
  if (sort !== undefined) query.set('sort', sort);
  if (cursor !== undefined) query.set('cursor', cursor);
  return `/team?${query.toString()}`;
}

/**
 * Turns the pages as a person does, to the cursors of the middle and of the last page.
 * @throws {Error} where a row is missing or comes twice: such pages are not worth a figure
 */
async function walk(agent: Agent, port: number, cookie: string, order: Order, size: number): Promise<{ middle: string; last: string }> {
  const seen = new Set<string>();
  let count = 0;
  let cursor: string | undefined;
  const to = async (end: number): Promise<string> => {
    while (count < end) {
      const sent: Sent = { method: 'GET', path: pathOf(order, Math.min(STRIDE, end - count), cursor) };
      const reply = await send(agent, port, cookie, sent);
      assertOk(reply, sent);
      const { items, nextCursor, total } = JSON.parse(reply.body) as Page;
      for (const { id } of items) seen.add(id);
      count += items.length;
      cursor = nextCursor ?? undefined;
      if (total !== size) throw new Error(`A team of ${size} says that it has ${total} rows.`);
      if (cursor === undefined && count < end) break;
    }
    return cursor ?? '';
  };
  const middle = await to(Math.floor(size / 2));
  const last = await to(size - PAGE);
  await to(size);
  if (seen.size !== size || count !== size || cursor !== undefined) throw new Error(`By ${order}, ${size} rows came as ${count}, of which ${seen.size} are different.`);
  return { middle, last };
}
