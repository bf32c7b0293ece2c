import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { conformanceCases, runConformance, type ConformanceHarness } from '@userflux/settings/conformance';
import { startPostgres } from '../support/postgres.js';
import { postgresHarness, sqliteHarness } from './support/server-harness.js';

/** One test a case; what is skipped says so, and nothing of the contract may be skipped here. */
async function report(harness: ConformanceHarness): Promise<void> {
  const only = process.env['CONFORMANCE_ONLY'];
  const results = await runConformance(harness, only ? { only: ({ area, name }) => `${area}: ${name}`.includes(only) } : {});
  for (const result of results) {
    it(`${result.case.area}: ${result.case.name}`, () => {
      assert.equal(result.outcome, 'passed', result.reason);
    });
  }
  it('ran every case', () => {
    assert.equal(results.length, only ? results.length : conformanceCases.length);
  });
}

describe('http adapter and reference server on SQLite against the conformance suite', async () => {
  const harness = await sqliteHarness();
  after(() => {
    harness.stop();
  });
  await report(harness);
});

const postgres = await startPostgres();
describe('http adapter and reference server on PostgreSQL against the conformance suite', { skip: postgres ? false : 'no PostgreSQL here' }, async () => {
  if (!postgres) return;
  const harness = await postgresHarness(postgres);
  after(async () => {
    harness.stop();
    await postgres.stop();
  });
  await report(harness);
});
