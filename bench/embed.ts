/** Time from navigation to a usable settings form, beside a hand-written page and peers: see bench/README.md. `node --import tsx bench/embed.ts [--quick] [--only settings,hanko]` */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type CDPSession } from 'playwright-core';
import { build } from 'vite';
import { chromiumArgs, chromiumPath } from '../scripts/chromium.mjs';
import { probe, type Figures, type Sight } from './embed/probe.js';
import { startSite, versionsOf, type Site } from './embed/site.js';
import { circumstances, keepResults } from './support/circumstances.js';

const { values: flags } = parseArgs({ options: { quick: { type: 'boolean', default: false }, only: { type: 'string' }, look: { type: 'string' } } });
const plan = { runs: flags.quick ? 5 : 15, throttle: 4, warmUp: 1 };

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'bench/embed');

interface Subject {
  name: string;
  title: string;
  place: 'pages' | 'peers';
  sight: (person: Site['person']) => Sight;
}

const subjects: readonly Subject[] = [
  { name: 'hand-written', title: 'hand-written page', place: 'pages', sight: ({ name }) => ({ path: ['#name'], value: name }) },
  { name: 'settings', title: '<uf-settings>, bundled', place: 'pages', sight: ({ name }) => ({ path: ['uf-settings', '#profile-name'], value: name }) },
  { name: 'loader', title: '<uf-settings>, CDN loader', place: 'pages', sight: ({ name }) => ({ path: ['uf-settings', '#profile-name'], value: name }) },
  { name: 'better-auth-ui', title: 'better-auth-ui', place: 'peers', sight: ({ name }) => ({ path: ['input[name=name]'], value: name }) },
  { name: 'hanko', title: '<hanko-profile>', place: 'peers', sight: ({ name }) => ({ path: ['hanko-profile', 'b'], value: name, press: { target: ['hanko-profile', 'label[for=username-edit-dropdown-0]'], field: ['hanko-profile', 'input[aria-label=Username]'] } }) },
];

/** Builds a page as its host would. @returns the folder */
async function buildPage({ name, place }: Subject, into: string): Promise<string> {
  const page = join(folder, place, name);
  const outDir = join(into, name);
  if (name === 'loader') {
    // A page without a build.
    cpSync(page, outDir, { recursive: true });
    cpSync(join(root, 'dist/cdn'), join(outDir, 'cdn'), { recursive: true, filter: (file) => !/\.(d\.ts|html|json)$/.test(file) });
    return outDir;
  }
  await build({
    root: page,
    base: `/${name}/`,
    configFile: existsSync(join(page, 'vite.config.js')) ? join(page, 'vite.config.js') : false,
    logLevel: 'error',
    publicDir: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    // The built package: what `npm install` gives.
    resolve: { alias: [{ find: /^@userflux\/settings\/(.+)$/, replacement: `${join(root, 'dist')}/$1.js` }] },
    build: { target: 'es2022', outDir, emptyOutDir: true, modulePreload: { polyfill: false } },
  });
  return outDir;
}

/** One cold visit. A page that logs an error, or whose request fails, ends the bench: what does not work is not measured. @param look where a picture of it goes */
async function visit(browser: Browser, site: Site, subject: Subject, look?: string): Promise<Figures & { atRest: { bytes: number; requests: number } }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    await context.addCookies([{ ...site.cookie, url: site.origin }]);
    const page = await context.newPage();
    const problems: string[] = [];
    page.on('response', (response) => { if (response.status() >= 400) problems.push(`${String(response.status())} ${response.url()}`); });
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => { if (message.type() === 'error') problems.push(message.text()); });
    // The renderer of this site is there before the clock starts, for all pages alike.
    await page.goto(`${site.origin}/blank`);
    const session: CDPSession = await context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: plan.throttle });
    await session.send('Runtime.enable');
    await session.send('Runtime.addBinding', { name: 'benchReady' });
    const done = new Promise<void>((resolve) => {
      session.on('Runtime.bindingCalled', ({ payload }) => {
        if (payload === 'done') resolve();
        else void act(session, payload);
      });
    });
    // tsx names inner functions through a helper that the page does not have.
    await page.addInitScript(`globalThis.__name = (value) => value; (${probe.toString()})(${JSON.stringify(subject.sight(site.person))})`);
    await page.goto(`${site.origin}/${subject.name}/`, { waitUntil: 'commit' });
    const late = new Promise<never>((_, reject) => {
      setTimeout(() => { reject(new Error(`${subject.title} was not usable within 30 s. ${problems.join('; ')}`)); }, 30_000).unref();
    });
    try {
      await Promise.race([done, late]);
      await page.waitForTimeout(1000);
    } finally {
      if (look !== undefined) await page.screenshot({ path: look });
    }
    const { figures, value, atRest } = await page.evaluate(() => ({ figures: window.benchDone, value: window.benchField()?.value, atRest: window.benchFigures(Infinity) }));
    if (!figures) throw new Error(`${subject.title} has no figures.`);
    // What was typed has to stay: a form that draws itself anew and forgets it was not usable.
    if (value?.includes('~') !== true) throw new Error(`${subject.title} lost what was typed.`);
    if (problems.length > 0) throw new Error(`${subject.title} did not work: ${problems.join('; ')}`);
    return { ...figures, atRest };
  } finally {
    await context.close();
  }
}

/** A real key, or a real click, as the probe asks for it. */
async function act(session: CDPSession, asked: string): Promise<void> {
  const [what, x, y] = asked.split(' ');
  if (what === 'click') {
    for (const type of ['mousePressed', 'mouseReleased'] as const) await session.send('Input.dispatchMouseEvent', { type, x: Number(x), y: Number(y), button: 'left', clickCount: 1 });
    return;
  }
  const key = { key: '~', code: 'Backquote', windowsVirtualKeyCode: 192 };
  await session.send('Input.dispatchKeyEvent', { type: 'keyDown', text: '~', ...key });
  await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key });
}

const quantile = (values: readonly number[], part: number): number => {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? 0;
};

type Run = Awaited<ReturnType<typeof visit>>;
interface Spread {
  p50: number;
  p95: number;
}
interface Summary {
  name: string;
  title: string;
  runs: number;
  /** Milliseconds, but for the kilobytes (1000 bytes of body as sent). */
  usable: Spread;
  shown: Spread;
  longTasks: Spread;
  blocking: Spread;
  kilobytes: number;
  requests: number;
  atRest: { kilobytes: number; requests: number };
  /** Each run, in the order of the rounds. */
  all: number[];
}

function summaryOf({ name, title }: Subject, runs: readonly Run[]): Summary {
  const middle = (of: (run: Run) => number): number => quantile(runs.map(of), 0.5);
  const spread = (of: (run: Run) => number): Spread => ({ p50: middle(of), p95: quantile(runs.map(of), 0.95) });
  return {
    name,
    title,
    runs: runs.length,
    usable: spread(({ usable }) => usable),
    shown: spread(({ shown }) => shown),
    longTasks: spread(({ longTasks }) => longTasks),
    blocking: spread(({ blocking }) => blocking),
    kilobytes: middle(({ bytes }) => bytes) / 1000,
    requests: middle(({ requests }) => requests),
    atRest: { kilobytes: middle(({ atRest }) => atRest.bytes) / 1000, requests: middle(({ atRest }) => atRest.requests) },
    all: runs.map(({ usable }) => usable),
  };
}

/** Against the goals of the issue: what comes out, whatever it is. */
function goalsOf(figures: readonly Summary[]): { toHandWritten: number; fastestPeerTo: number } | undefined {
  const of = (name: string): number | undefined => figures.find((row) => row.name === name)?.usable.p50;
  const [hand, ours] = [of('hand-written'), of('settings')];
  const peers = subjects.filter(({ place }) => place === 'peers').map(({ name }) => of(name)).filter((value) => value !== undefined);
  return hand === undefined || ours === undefined || peers.length === 0 ? undefined : { toHandWritten: ours / hand, fastestPeerTo: Math.min(...peers) / ours };
}

function installPeers(): void {
  const wanted = readFileSync(join(folder, 'package-lock.json'), 'utf8');
  const marker = join(folder, 'node_modules/.package-lock.json');
  // npm notes there what it installed; older than the lockfile's wish means anew.
  const there = existsSync(marker) ? readFileSync(marker, 'utf8') : '';
  const versions = Object.entries((JSON.parse(wanted) as { packages: Record<string, { version?: string; optional?: boolean }> }).packages).filter(([path, { optional }]) => path !== '' && optional !== true);
  const packages = there === '' ? {} : (JSON.parse(there) as { packages: Record<string, { version?: string }> }).packages;
  if (versions.every(([path, { version }]) => packages[path]?.version === version)) return;
  say('Installing the peers in bench/embed …');
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error'], { cwd: folder, stdio: 'inherit' });
}

async function run(): Promise<void> {
  const where = circumstances();
  const only = flags.only?.split(',');
  const chosen = subjects.filter(({ name }) => !only || only.includes(name));
  if (chosen.some(({ place }) => place === 'peers')) installPeers();
  const into = mkdtempSync(join(tmpdir(), 'embed-bench-'));
  let site: Site | undefined;
  let browser: Browser | undefined;
  try {
    const pages = new Map<string, string>();
    for (const subject of chosen) pages.set(subject.name, await buildPage(subject, into));
    site = await startSite(pages);
    browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumArgs });
    const runs = new Map<Subject, Run[]>(chosen.map((subject) => [subject, []]));
    if (flags.look !== undefined) {
      for (const subject of chosen) await visit(browser, site, subject, join(flags.look, `${subject.name}.png`)).catch((error: unknown) => { say(String(error)); });
      return;
    }
    for (let round = -plan.warmUp; round < plan.runs; round++) {
      // In turn, each round beginning with another one: a busy moment meets all alike.
      const turn = ((round % chosen.length) + chosen.length) % chosen.length;
      for (const subject of [...chosen.slice(turn), ...chosen.slice(0, turn)]) {
        const figures = await visit(browser, site, subject);
        if (round >= 0) runs.get(subject)?.push(figures);
      }
    }
    const figures = [...runs].map(([subject, all]) => summaryOf(subject, all));
    print(figures);
    const versions = { node: process.versions.node, chromium: browser.version(), ...versionsOf(folder, ['@daveyplate/better-auth-ui', 'better-auth', 'react', 'react-dom', '@teamhanko/hanko-elements']) };
    if (!flags.quick && !only) say(`\nKept in ${keepResults('embed', { ...where, versions, plan, goals: goalsOf(figures), figures })}`);
  } finally {
    await browser?.close();
    await site?.close();
    rmSync(into, { recursive: true, force: true });
  }
}

function print(figures: readonly Summary[]): void {
  const hand = figures.find(({ name }) => name === 'hand-written')?.usable.p50;
  say(`\nFrom navigation, CPU ${plan.throttle} x slower, milliseconds and kB (gzip)\n`);
  say(`${''.padEnd(28)}${['usable p50', 'p95', 'x', 'shown p50', 'p95', 'long tasks', 'kB', 'requests', 'kB at rest', 'requests'].map((title) => title.padStart(11)).join('')}`);
  for (const { title, usable, shown, longTasks, kilobytes, requests, atRest } of figures) {
    const cells = [usable.p50.toFixed(0), usable.p95.toFixed(0), hand === undefined ? '' : (usable.p50 / hand).toFixed(2), shown.p50.toFixed(0), shown.p95.toFixed(0), longTasks.p50.toFixed(0), kilobytes.toFixed(1), String(requests), atRest.kilobytes.toFixed(1), String(atRest.requests)];
    say(`${title.padEnd(28)}${cells.map((cell) => cell.padStart(11)).join('')}`);
  }
  const goals = goalsOf(figures);
  if (goals) say(`\n<uf-settings> takes ${goals.toHandWritten.toFixed(2)} x the hand-written page (goal 1.25); the fastest peer takes ${goals.fastestPeerTo.toFixed(2)} x <uf-settings> (goal 2).`);
}

await run();
