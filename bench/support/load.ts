import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What is measured: a name of the report, and what each request of it is. */
export const scenarios = ['context', 'team', 'save', 'save-same', 'reveal'] as const;
export type Scenario = (typeof scenarios)[number];

export interface Load {
  scenario: Scenario;
  ports: readonly number[];
  /** The sessions of the connections, one each. */
  cookies: readonly string[];
  /** Ids of keys that may be shown, one a connection. */
  keys: readonly string[];
  /** Seconds. */
  warmUp: number;
  seconds: number;
}

export interface Measured {
  requests: number;
  perSecond: number;
  p50: number;
  p99: number;
}

/**
 * Puts the load on from a process of its own, so that this one's work is not in the figures. Each connection sends its next request when
 * the last one was answered.
 * @throws {Error} when any request failed, the warm-up's included
 */
export async function measure(load: Load): Promise<Measured> {
  const child = fork(fileURLToPath(new URL('./load-process.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] });
  const answer = await new Promise<Measured | { failure: string }>((resolve, reject) => {
    child.once('message', (message) => {
      resolve(message as Measured | { failure: string });
    });
    child.once('exit', (code) => {
      reject(new Error(`The load generator ended with ${String(code)}.`));
    });
    child.send(load);
  });
  child.disconnect();
  if ('failure' in answer) throw new Error(`No figures for "${load.scenario}": ${answer.failure}`);
  return answer;
}

/** @param sorted ascending, at least one */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
