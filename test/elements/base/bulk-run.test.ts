import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { SettingsError, type SettingsErrorKind } from '../../../src/contract/index.js';
import { BulkRun } from '../../../src/elements/base/bulk-run.js';

type Answer = readonly string[] | SettingsErrorKind | SettingsError;

/** A backend that answers what is told, one after the other; then it answers "done" for each. */
function place(items: readonly string[], slice: number, answers: Answer[]): { run: BulkRun<string>; sent: string[]; calls: () => number } {
  const sent: string[] = [];
  let made = 0;
  const run = new BulkRun<string>({
    items,
    slice,
    changed: () => undefined,
    call: (some) => {
      const key = ++made;
      return () => {
        sent.push(`${String(key)}:${some.join('')}`);
        const answer = answers.shift() ?? some.map(() => 'done');
        if (Array.isArray(answer)) return Promise.resolve(answer as readonly string[]);
        return Promise.reject(answer instanceof SettingsError ? answer : new SettingsError(answer as SettingsErrorKind));
      };
    },
  });
  return { run, sent, calls: () => made };
}

const outcomes = (run: BulkRun<string>): string => run.items.map((item) => run.outcomeOf(item) ?? '-').join(' ');

describe('Something done to many', () => {
  it('goes in calls of so many, one after the other, and knows what became of each', async () => {
    const { run, sent } = place(['a', 'b', 'c', 'd', 'e'], 2, [['sent', 'invalid'], ['sent', 'failed']]);
    await run.run();
    assert.deepEqual(sent, ['1:ab', '2:cd', '3:e']);
    assert.equal(outcomes(run), 'sent invalid sent failed done');
    assert.deepEqual([run.state, run.tried, run.left], ['over', 5, 1]);
  });

  it('tries again what failed and nothing else; a call that failed as a whole is the same call again', async () => {
    const { run, sent, calls } = place(['a', 'b', 'c', 'd'], 2, ['unexpected', ['sent', 'failed']]);
    await run.run();
    assert.equal(outcomes(run), 'failed failed sent failed');
    assert.equal(run.errorOf('a')?.kind, 'unexpected');
    await run.run();
    assert.deepEqual(sent, ['1:ab', '2:cd', '1:ab', '3:d']);
    assert.equal(calls(), 3);
    assert.equal(outcomes(run), 'done done sent done');
    await run.run();
    assert.equal(sent.length, 4, 'nothing is left to try');
  });

  it('goes on after one that is refused, and says of it why', async () => {
    const { run } = place(['a', 'b', 'c'], 1, [['done'], 'conflict', ['done']]);
    await run.run();
    assert.equal(outcomes(run), 'done failed done');
    assert.deepEqual([run.errorOf('b')?.kind, run.error], ['conflict', undefined]);
  });

  for (const kind of ['offline', 'unavailable', 'unauthenticated', 'aborted'] as const) {
    it(`ends at ${kind}, with the rest untried, and goes on from there`, async () => {
      const { run, sent } = place(['a', 'b', 'c'], 1, [['done'], kind]);
      await run.run();
      assert.equal(run.error?.kind, kind);
      assert.equal(run.left, 2);
      await run.run();
      assert.equal(outcomes(run), 'done done done');
      assert.deepEqual(sent, ['1:a', '2:b', '2:b', '3:c']);
    });
  }

  it('is stopped between two calls', async () => {
    let stop = (): void => undefined;
    const run = new BulkRun<string>({
      items: ['a', 'b', 'c'],
      slice: 1,
      changed: () => undefined,
      call: () => () => {
        stop();
        return Promise.resolve(['done']);
      },
    });
    stop = () => { run.stop(); };
    await run.run();
    assert.equal(outcomes(run), 'done - -');
    assert.deepEqual([run.state, run.left, run.error], ['over', 2, undefined]);
  });

  it('waits where it is told to, and goes on by itself with the same call', async () => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'] });
    try {
      const { run, sent } = place(['a', 'b'], 1, [['done'], new SettingsError('rate-limited', 'no', { retryAfter: 30 })]);
      const over = run.run();
      await settle();
      assert.deepEqual([run.state, run.seconds], ['waiting', 30]);
      for (let second = 0; second < 30; second++) {
        mock.timers.tick(1000);
        await settle();
      }
      await over;
      assert.deepEqual(sent, ['1:a', '2:b', '2:b']);
      assert.equal(outcomes(run), 'done done');
    } finally {
      mock.timers.reset();
    }
  });

  it('does not wait for hours, and stops waiting when it is stopped', async () => {
    const long = place(['a'], 1, [new SettingsError('rate-limited', 'no', { retryAfter: 3600 })]);
    await long.run.run();
    assert.deepEqual([long.run.error?.kind, long.run.outcomeOf('a'), long.run.left], ['rate-limited', undefined, 1]);
    const stopped = place(['a'], 1, [new SettingsError('rate-limited', 'no', { retryAfter: 100 })]);
    const over = stopped.run.run();
    await settle();
    stopped.run.stop();
    await over;
    assert.deepEqual([stopped.run.left, stopped.sent.length], [1, 1]);
  });
});

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
