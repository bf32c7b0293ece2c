/**
 * Many servers in one process, each of which stops at the commit of its next transaction: just before it, or just after it and before anybody
 * is told. A test kills them there. Options as JSON in LAB.
 */
import { SqliteDriver } from 'kysely';
import { startServer, type ServerOptions } from '../../../server/src/reference/start.js';

/** Where to stop; `nowhere`: the servers serve. */
export type Brink = 'before the commit' | 'after the commit' | 'nowhere';

export interface BrinkOptions {
  readonly stopAt: Brink;
  /** With the moment at which each one's clock stands. */
  readonly servers: readonly (ServerOptions & { now: number })[];
}

/** To the parent: where the servers listen, in order, and each stop. */
export type BrinkMessage = { listening: readonly string[] } | 'stopped';

const { stopAt, servers } = JSON.parse(process.env['LAB'] ?? '{}') as BrinkOptions;
const listening: string[] = [];
for (const { now, ...options } of servers) listening.push((await startServer({ ...options, port: 0, clock: () => now, log: (line) => process.stderr.write(`${line}\n`) })).listensAt);

const say = (message: BrinkMessage): void => void process.send?.(message);

// What SQLite's driver does at a commit is one statement: before it nothing stands, after it all does.
const { prototype } = SqliteDriver;
const commit = Object.getOwnPropertyDescriptor(prototype, 'commitTransaction')?.value as SqliteDriver['commitTransaction'];
const stop = (): Promise<never> => {
  say('stopped');
  return new Promise<never>(() => undefined);
};
if (stopAt !== 'nowhere') {
  prototype.commitTransaction = async function (connection) {
    if (stopAt === 'before the commit') await stop();
    await commit.call(this, connection);
    await stop();
  };
}

say({ listening });
process.on('disconnect', () => process.exit(0));
