/**
 * `npm run test:stories`: builds Storybook, then looks at every story in light and dark, left to right and right to left,
 * at 320 and 1280 px: axe finds nothing, nothing throws, nothing is wider than the window. A word after `--` narrows the run to the stories
 * whose id contains it; STORIES_BUILT=1 takes the Storybook that is there.
 */
import type axe from 'axe-core';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { chromium, type Browser, type Page } from 'playwright-core';
import { preview } from 'vite';
import { chromiumArgs, chromiumPath } from '../../scripts/chromium.mjs';

const axeSource = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const widths = [1280, 320];
const themes = ['light', 'dark'];
const directions = ['ltr', 'rtl'];
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** A story that draws a load in progress is never "settled": how long to wait for one. */
const settleTime = 1500;

interface Finding {
  story: string;
  where: string;
  what: string;
}

/** The phases in which Storybook says that a story has been drawn and played. */
interface StorybookWindow {
  __STORYBOOK_PREVIEW__?: { currentRender?: { phase?: string } };
  axe: typeof axe;
}

/** Waits until the story is drawn, played, and has no busy part any more. */
async function open(page: Page, url: string, story: string): Promise<void> {
  await page.goto(`${url}iframe.html?viewMode=story&id=${story}`);
  const phase = await page.waitForFunction(
    () => {
      const now = (window as unknown as StorybookWindow).__STORYBOOK_PREVIEW__?.currentRender?.phase;
      return now !== undefined && ['completed', 'finished', 'errored', 'aborted'].includes(now) ? now : false;
    },
    undefined,
    { timeout: 30_000 },
  );
  if (['errored', 'aborted'].includes(String(await phase.jsonValue())) || (await page.locator('body.sb-show-errordisplay').count()) > 0) {
    throw new Error(`does not render: ${await page.locator('#error-message').innerText()}`);
  }
  await page
    .waitForFunction(
      () => {
        const busy = (root: ParentNode): boolean =>
          [...root.querySelectorAll('*')].some((element) => element.getAttribute('aria-busy') === 'true' || (element.shadowRoot !== null && busy(element.shadowRoot)));
        return !busy(document);
      },
      undefined,
      { timeout: settleTime },
    )
    .catch(() => undefined);
}

/** What is wrong with the page as it stands. */
async function look(page: Page): Promise<string[]> {
  return page.evaluate(async (tags) => {
    // Two frames: container queries and resize observers have answered.
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    await Promise.all(document.getAnimations().filter((one) => Number.isFinite(Number(one.effect?.getComputedTiming().endTime))).map((one) => one.finished.catch(() => undefined)));
    const { violations } = await (window as unknown as StorybookWindow).axe.run('#storybook-root', { runOnly: tags, resultTypes: ['violations'], preload: false, iframes: false });
    const found = violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id} (${help}) at ${node.target.flat().join(' ')}: ${(node.failureSummary ?? '').split('\n').slice(1).join(' ').trim()}`));
    const wide = document.documentElement.scrollWidth - window.innerWidth;
    if (wide > 0) found.push(`reflow: ${wide} px wider than the window`);
    return found;
  }, rules);
}

async function lookAtStory(page: Page, url: string, story: string): Promise<{ looks: number; findings: Finding[] }> {
  const findings: Finding[] = [];
  let looks = 0;
  let where = '';
  const thrown = (error: Error): void => {
    findings.push({ story, where, what: `throws: ${error.message}` });
  };
  page.on('pageerror', thrown);
  try {
    await page.setViewportSize({ width: 1280, height: 900 });
    await open(page, url, story);
    await page.evaluate(axeSource);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      for (const theme of themes) {
        for (const direction of directions) {
          where = `${theme} ${direction} ${width}`;
          // What the preview's decorator does, without loading the story eight times.
          await page.evaluate(([scheme = '', dir = '']) => {
            document.documentElement.style.colorScheme = scheme;
            document.documentElement.dir = dir;
          }, [theme, direction]);
          looks += 1;
          for (const what of await look(page)) findings.push({ story, where, what });
        }
      }
    }
  } catch (error) {
    looks += 1;
    findings.push({ story, where, what: error instanceof Error ? error.message : String(error) });
  } finally {
    page.off('pageerror', thrown);
  }
  return { looks, findings };
}

async function worker(browser: Browser, url: string, queue: string[], done: (result: { looks: number; findings: Finding[] }) => void): Promise<void> {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  // tsx names inner functions through a helper that the page does not have.
  await context.addInitScript('globalThis.__name = (value) => value');
  // One page for all of them, loaded anew for each: what the browser has compiled stays warm.
  const page = await context.newPage();
  for (let story = queue.shift(); story !== undefined; story = queue.shift()) done(await lookAtStory(page, url, story));
}

if (process.env['STORIES_BUILT'] !== '1') {
  console.log('Building Storybook ...');
  const built = spawnSync(process.execPath, ['node_modules/storybook/dist/bin/dispatcher.js', ...'build --config-dir stories/.storybook --output-dir storybook-static --disable-telemetry --quiet'.split(' ')], { encoding: 'utf8' });
  if (built.status !== 0) {
    console.error(built.stdout, built.stderr);
    process.exit(1);
  }
}

const index = JSON.parse(readFileSync('storybook-static/index.json', 'utf8')) as { entries: Record<string, { type: string; tags?: string[] }> };
const filters = process.argv.slice(2);
const stories = Object.entries(index.entries)
  .filter(([id, entry]) => entry.type === 'story' && (filters.length === 0 || filters.some((filter) => id.includes(filter))))
  .map(([id]) => id);

const server = await preview({ configFile: false, logLevel: 'error', build: { outDir: 'storybook-static' }, preview: { port: 0, host: '127.0.0.1' } });
const browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumArgs });
const start = Date.now();
let passed = 0;
const failed = new Set<string>();
const problems = new Map<string, Finding & { places: string[] }>();

const address = server.httpServer.address();
const url = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}/` : '';
const queue = [...stories];
await Promise.all(
  Array.from({ length: Math.max(3, cpus().length) }, () =>
    worker(browser, url, queue, ({ looks, findings }) => {
      const bad = new Set(findings.map(({ story, where }) => `${story} ${where}`));
      for (const one of bad) failed.add(one);
      passed += looks - bad.size;
      for (const finding of findings) {
        const key = `${finding.story} ${finding.what}`;
        const known = problems.get(key);
        if (known) known.places.push(finding.where);
        else problems.set(key, { ...finding, places: [finding.where] });
      }
    }),
  ),
);
await browser.close();
await server.close();

for (const { story, what, places } of problems.values()) console.log(`✖ ${story} [${places.join(', ')}]\n    ${what}`);
console.log(`${stories.length} stories, ${passed} looks without a finding, ${failed.size} with, in ${Math.round((Date.now() - start) / 1000)} s`);
const tally = process.env['TALLY_FILE'];
if (tally !== undefined) writeFileSync(tally, JSON.stringify({ passed, failed: failed.size }));
process.exit(failed.size === 0 && passed > 0 ? 0 : 1);
