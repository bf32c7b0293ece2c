import type { SettingsAdapter } from '../adapter.js';
import { operationNames, rowOf, type OperationName } from '../operations.js';
import { areaOf, callLoosely, ConformanceFailure, expect, expectDistinct, expectEqual, expectRefusal } from './expect.js';
import type { ConformanceCase } from './harness.js';

/** Lists answer pages: found in the table by what they answer. */
const lists = operationNames.filter((operation) => {
  const { effect, output } = rowOf(operation);
  return effect === 'read' && output.safeParse({ items: [], nextCursor: null }).success && !output.safeParse({}).success;
});

interface AnyPage {
  ids: string[];
  nextCursor: string | null;
  total: number | undefined;
}

/** Any page as far as all pages are alike. */
async function pageOf(adapter: SettingsAdapter, operation: OperationName, query: { cursor?: string; limit?: number }): Promise<AnyPage> {
  const answer = await callLoosely(adapter, operation, query);
  expect(typeof answer === 'object' && answer !== null && 'items' in answer && Array.isArray(answer.items) && 'nextCursor' in answer, 'the answer is no page');
  expect(answer.nextCursor === null || typeof answer.nextCursor === 'string', 'the page does not say where the next begins');
  const rows: unknown[] = answer.items;
  const ids = rows.map((row) => {
    expect(typeof row === 'object' && row !== null && 'id' in row && typeof row.id === 'string', 'a row has no id');
    return row.id;
  });
  return { ids, nextCursor: answer.nextCursor, total: 'total' in answer && typeof answer.total === 'number' ? answer.total : undefined };
}

/** All rows by pages of this length; each page but the last is full, and each tells the same total. */
async function idsOf(adapter: SettingsAdapter, operation: OperationName, limit?: number): Promise<string[]> {
  const ids: string[] = [];
  const totals = new Set<number>();
  let cursor: string | null = null;
  for (let page = 0; page < 1000; page++) {
    const answer: AnyPage = await pageOf(adapter, operation, { ...(limit === undefined ? {} : { limit }), ...(cursor === null ? {} : { cursor }) });
    if (limit !== undefined) expect(answer.ids.length <= limit && (answer.nextCursor === null || answer.ids.length === limit), `a page of ${String(limit)} has ${String(answer.ids.length)} rows`);
    ids.push(...answer.ids);
    if (answer.total !== undefined) totals.add(answer.total);
    cursor = answer.nextCursor;
    if (cursor !== null) continue;
    if (totals.size > 0) expectEqual([...totals], [ids.length], 'the total that the pages tell');
    return ids;
  }
  throw new ConformanceFailure('the pages do not end');
}

/** What holds for every list of the table. */
export const listCases: ConformanceCase[] = lists.flatMap((operation): ConformanceCase[] => [
  {
    area: areaOf(operation),
    name: `${operation} has every row once and in one order, by pages of one, of a hundred and of no length given`,
    needs: [operation],
    harmless: true,
    run: async (world) => {
      const owner = await world.as('owner');
      const whole = await idsOf(owner, operation, 100);
      expectDistinct(whole, 'a row');
      expectEqual(await idsOf(owner, operation, 1), whole, 'the rows one by one');
      expectEqual(await idsOf(owner, operation), whole, 'the rows by pages of no length given');
    },
  },
  {
    area: areaOf(operation),
    name: `${operation} with a cursor that it did not give is invalid at the cursor`,
    needs: [operation],
    harmless: true,
    run: async (world) => {
      const owner = await world.as('owner');
      for (const cursor of ['nothing', '0', '"', '[]', 'x'.repeat(4000), '../..', 'é']) {
        const { fields } = await expectRefusal(callLoosely(owner, operation, { cursor }), 'invalid');
        expectEqual(fields, { cursor: 'invalid' }, `the problem of the cursor ${cursor.slice(0, 10)}`);
      }
    },
  },
  {
    area: areaOf(operation),
    name: `${operation} takes from 1 to 100 rows a page, and no other number`,
    needs: [operation],
    harmless: true,
    run: async (world) => {
      const owner = await world.as('owner');
      for (const limit of [1, 100]) await pageOf(owner, operation, { limit });
      for (const limit of [0, -1, 101, 1.5, Number.MAX_SAFE_INTEGER]) {
        const { fields } = await expectRefusal(callLoosely(owner, operation, { limit }), 'invalid');
        expectEqual(fields, { limit: 'invalid' }, `the problem of ${String(limit)} rows`);
      }
    },
  },
]);
