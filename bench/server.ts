/** Figures of the reference server: see bench/README.md. `node --import tsx bench/server.ts [--quick]` */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { circumstances, keepResults } from './support/circumstances.js';
import { measure, scenarios, type Measured, type Scenario } from './support/load.js';
import { measurePaging, type PagingFigures } from './support/paging.js';
import { startPostgres } from '../test/support/postgres.js';
import { vacuum, versionOf } from './support/postgres.js';
import { prepare, startServers, type Place, type Visitor } from './support/processes.js';
import { assertOk, send, type Sent } from './support/requests.js';
import { benchWorld } from './support/world.js';

const { values: flags } = parseArgs({ options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } } });

const CONNECTIONS = 16;
const plan = flags.quick
  ? { warmUp: 1, seconds: 2, rounds: 20, sizes: [100, 10_000] }
  : { warmUp: 5, seconds: 15, rounds: 100, sizes: [100, 10_000, 100_000] };

const titles: Record<Scenario, string> = {
  context: 'context           GET /context',
  team: 'team page         GET /team?limit=50',
  save: 'save              PATCH /company, each its own',
  'save-same': 'save, contended   PATCH /company, all the same',
  reveal: 'reveal            POST /api-keys/reveal',
};

interface RequestFigures extends Measured {
  setup: string;
  scenario: Scenario;
}

interface Setup {
  name: string;
  place: Place;
  processes: number;
  /** Whether pages of teams are measured on it, too. */
  paging: boolean;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const note = (line: string): void => void process.stderr.write(`${line}\n`);

async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'settings-bench-'));
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  // Ends by 'exit', whose listeners leave nothing behind.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
  const postgres = await startPostgres({ durable: true });
  try {
    const databaseUrl = await postgres?.createDatabase();
    const where = circumstancesWith(databaseUrl && (await versionOf(databaseUrl)));
    const sqlite: Place = { databaseUrl: undefined, dataFolder: join(folder, 'sqlite') };
    const setups: Setup[] = [{ name: 'SQLite, 1 process', place: sqlite, processes: 1, paging: true }];
    if (databaseUrl !== undefined) {
      const place: Place = { databaseUrl, dataFolder: join(folder, 'postgres') };
      setups.push({ name: 'PostgreSQL, 1 process', place, processes: 1, paging: true }, { name: 'PostgreSQL, 2 processes', place, processes: 2, paging: false });
    }
    const world = benchWorld(CONNECTIONS, plan.sizes);
    const requests: RequestFigures[] = [];
    const paging: { setup: string; figures: PagingFigures[] }[] = [];
    for (const { name, place, processes, paging: pages } of setups) {
      note(`${name}: filling the database ...`);
      const visitors = await prepare(place, world);
      if (place.databaseUrl !== undefined) await vacuum(place.databaseUrl);
      const servers = await startServers(place, processes);
      try {
        if (flags.only !== 'paging') requests.push(...(await measureRequests(name, servers.ports, visitors.customers)));
        const [port = 0] = servers.ports;
        if (pages && flags.only !== 'requests') paging.push({ setup: name, figures: await measurePaging(port, visitors.teams, plan.rounds, note) });
      } finally {
        await servers.stop();
      }
    }
    printRequests(requests);
    printPaging(paging);
    if (flags.quick || flags.only !== undefined) note('\nA try: bench/results/server.json is left as it was.');
    else note(`\nKept in ${keepResults('server', { ...where, requests, paging })}`);
  } finally {
    await postgres?.stop();
  }
}

async function measureRequests(setup: string, ports: readonly number[], visitors: readonly Visitor[]): Promise<RequestFigures[]> {
  const cookies = visitors.map(({ cookie }) => cookie);
  const keys = await Promise.all(cookies.map((cookie) => firstKey(ports[0] ?? 0, cookie)));
  const figures: RequestFigures[] = [];
  for (const scenario of scenarios) {
    const measured = await measure({ scenario, ports, cookies, keys, warmUp: plan.warmUp, seconds: plan.seconds });
    note(`  ${titles[scenario]}: ${measured.perSecond.toFixed(0)} a second`);
    figures.push({ setup, scenario, ...measured });
  }
  return figures;
}

async function firstKey(port: number, cookie: string): Promise<string> {
  const agent = new Agent();
  const sent: Sent = { method: 'GET', path: '/api-keys?limit=1' };
  const reply = await send(agent, port, cookie, sent);
  assertOk(reply, sent);
  const { items } = JSON.parse(reply.body) as { items: { id: string }[] };
  if (!items[0]) throw new Error('A company of the bench has no API key.');
  return items[0].id;
}

function printRequests(figures: readonly RequestFigures[]): void {
  for (const setup of new Set(figures.map((figure) => figure.setup))) {
    say(`\n${setup}, ${CONNECTIONS} connections`);
    say(`${'request'.padEnd(48)}${['a second', 'p50 ms', 'p99 ms'].map((title) => title.padStart(10)).join('')}`);
    for (const { scenario, perSecond, p50, p99 } of figures.filter((figure) => figure.setup === setup)) {
      say(`${titles[scenario].padEnd(48)}${[perSecond.toFixed(0), p50.toFixed(1), p99.toFixed(1)].map((text) => text.padStart(10)).join('')}`);
    }
  }
}

function printPaging(paging: readonly { setup: string; figures: readonly PagingFigures[] }[]): void {
  for (const { setup, figures } of paging) {
    const sizes = figures[0]?.sizes.map(({ size }) => size) ?? [];
    say(`\nPages of 50 of a team, ${setup}: median (p99) in ms, one request at a time`);
    say(`${'page'.padEnd(30)}${sizes.map((size) => `${size.toLocaleString('en')} rows`.padStart(18)).join('')}${'ratio'.padStart(10)}`);
    for (const { what, sizes: times, ratio } of figures) {
      say(`${what.padEnd(30)}${times.map(({ median, p99 }) => `${median.toFixed(1)} (${p99.toFixed(1)})`.padStart(18)).join('')}${`${ratio.toFixed(1)} x`.padStart(10)}`);
    }
  }
}

/** Beside the machine: what runs on it, and how it is asked. */
function circumstancesWith(postgres: string | undefined): object {
  const { dependencies } = JSON.parse(readFileSync(new URL('../server/package.json', import.meta.url), 'utf8')) as { dependencies: Record<string, string> };
  return {
    ...circumstances(),
    versions: { node: process.versions.node, postgres: postgres ?? null, 'better-auth': dependencies['better-auth'], libsql: dependencies['libsql'] },
    plan: { connections: CONNECTIONS, ...plan },
  };
}

await run();
