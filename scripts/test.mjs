/**
 * `npm test`: every part, then one line "N passed, N failed". `npm run test:unit`, `test:package`, `test:server`, `test:browser`, `test:stories`,
 * `test:journeys` and `test:hostile` run one part; a path after `--` narrows it to the files that contain it. `npm run test:engines`, which is no part of
 * `npm test`, runs the widgets' tests in Firefox and WebKitGTK.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { installChromium, installPackages, root } from './setup.mjs';

/** Node 20's test runner does not expand globs. @param {(path: string) => boolean} wanted */
function filesOfTests(wanted) {
  return readdirSync(join(root, 'test'), { recursive: true })
    .map((path) => `test/${String(path).replaceAll('\\', '/')}`)
    .filter((path) => wanted(path) && (filters.length === 0 || filters.some((filter) => path.includes(filter))))
    .sort();
}

/** @param {string[]} files @param {number} timeout */
function nodeTest(files, timeout) {
  if (files.length === 0) return undefined;
  const options = [`--test-timeout=${timeout}`, `--test-concurrency=${Math.max(2, cpus().length - 1)}`];
  const reporters = ['--test-reporter=spec', '--test-reporter-destination=stdout', '--test-reporter=./scripts/tally-reporter.mjs', `--test-reporter-destination=${tallyFile}`];
  return ['--import', 'tsx', '--test', ...options, ...reporters, ...files];
}

function widgetTests() {
  const files = filesOfTests((path) => path.endsWith('.browser.ts'));
  return files.length === 0 ? undefined : ['node_modules/@web/test-runner/dist/bin.js', '--files', ...files];
}

/** The package's tests are of dist/: builds it where it is missing or older than what it is built of. */
function buildWhatChanged() {
  const stamp = join(root, 'dist/cdn/integrity.json');
  const built = existsSync(stamp) ? statSync(stamp).mtimeMs : 0;
  const sources = ['src', 'scripts'].flatMap((folder) => readdirSync(join(root, folder), { recursive: true }).map((path) => join(root, folder, String(path))));
  const newest = Math.max(...[...sources, join(root, 'package.json'), join(root, 'vite.config.ts'), join(root, 'custom-elements.json')].map((path) => statSync(path).mtimeMs));
  if (built > newest) return;
  console.log('Building dist/ ...');
  const { status } = spawnSync('npm', ['run', '-s', 'build'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' });
  if (status !== 0) throw new Error('"npm run build" failed.');
}

/** Each answers the arguments for Node, or undefined where there is no test. @type {Record<string, () => string[] | undefined>} */
const parts = {
  unit: () => nodeTest(filesOfTests((path) => path.endsWith('.test.ts') && !/^test\/(server|journeys|package|hostile)\//.test(path)), 300_000),
  package: () => {
    const files = filesOfTests((path) => path.startsWith('test/package/') && path.endsWith('.test.ts'));
    if (files.length > 0) buildWhatChanged();
    return nodeTest(files, 600_000);
  },
  // The conformance suite on two databases is one file.
  server: () => nodeTest(filesOfTests((path) => path.startsWith('test/server/') && path.endsWith('.test.ts')), 1_200_000),
  browser: widgetTests,
  engines: widgetTests,
  stories: () => ['--import', 'tsx', 'test/stories/run.ts', ...filters],
  journeys: () => nodeTest(filesOfTests((path) => path.startsWith('test/journeys/') && path.endsWith('.test.ts')), 300_000),
  hostile: () => nodeTest(filesOfTests((path) => path.startsWith('test/hostile/') && path.endsWith('.test.ts')), 600_000),
};

const words = process.argv.slice(2);
const filters = words.filter((word) => !(word in parts));
// Not every machine has the other engines: they run where they are asked for.
const chosen = Object.keys(parts).filter((name) => (words.length === filters.length ? name !== 'engines' : words.includes(name)));

installPackages();
if (chosen.some((name) => !['unit', 'server', 'engines'].includes(name))) installChromium();

/** The longest part takes eight minutes here. One that stands still says so, instead of nothing until somebody looks. */
const partTime = 25 * 60_000;

const folder = mkdtempSync(join(tmpdir(), 'tally-'));
const tallyFile = join(folder, 'tally.json');

/**
 * Runs one part. What it counted is in the tally; a part that died, or that ran nothing, counts as one failure.
 * @param {string} name
 */
function runPart(name) {
  console.log(`\n== ${name}`);
  const start = Date.now();
  rmSync(tallyFile, { force: true });
  const args = parts[name]?.();
  const { status, error } = args ? spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', timeout: partTime, killSignal: 'SIGKILL', env: { ...process.env, TALLY_FILE: tallyFile, ...(name === 'engines' && { ENGINES: process.env['ENGINES'] ?? 'firefox,webkit' }) } }) : { status: 0, error: undefined };
  if (error) console.log(`${name} was ended: ${error.message}`);
  /** @type {{ passed: number, failed: number, skipped?: number }} */
  let tally = { passed: 0, failed: 0 };
  try {
    tally = JSON.parse(readFileSync(tallyFile, 'utf8'));
  } catch {
    // No tally: the part ended before its first test.
  }
  if (status !== 0 && tally.failed === 0) tally.failed = 1;
  const ranNothing = tally.passed + tally.failed === 0;
  if (ranNothing) tally.failed = 1;
  console.log(`== ${name}: ${ranNothing ? 'no test ran' : `${tally.passed} passed, ${tally.failed} failed${tally.skipped ? `, ${tally.skipped} skipped` : ''}`} (${Math.round((Date.now() - start) / 1000)} s)`);
  return tally;
}

const tallies = chosen.map(runPart);
rmSync(folder, { recursive: true });
/** @param {'passed' | 'failed'} key */
const sum = (key) => tallies.reduce((total, tally) => total + tally[key], 0);
// The last line, in this form: CI reads it.
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = sum('failed') === 0 ? 0 : 1;
