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
/** The rules that read colours, sizes and places rather than markup. */
const paintRules = ['color-contrast', 'link-in-text-block', 'target-size', 'scrollable-region-focusable'];
/** A story that draws a load in progress is never "settled": how long to wait for one. */
const settleTime = 1500;

interface Finding {
  story: string;
  where: string;
  what: string;
}

/** The phases in which Storybook says that a story has been drawn and played. */
interface StorybookWindow {
  __STORYBOOK_PREVIEW__?: { currentRender?: { id?: string; phase?: string }; channel: { emit: (event: string, data: unknown) => void } };
  axe: typeof axe;
}

/**
 * Shows a story and waits until it is drawn, played, and has no busy part any more. Storybook exchanges it in place, which is
 * three times as fast as loading; a story that left something outside its root (a toast) is followed by a fresh load.
 */
async function open(page: Page, url: string, story: string): Promise<void> {
  const clean = page.url().startsWith(url) && (await page.evaluate(() => [...document.querySelectorAll('body > :not(script, style, [id^="storybook-"], [class^="sb-"])')].every(({ shadowRoot }) => shadowRoot?.querySelector('.toast') === null)));
  if (clean) {
    await page.evaluate((storyId) => {
      (window as unknown as StorybookWindow).__STORYBOOK_PREVIEW__?.channel.emit('setCurrentStory', { storyId, viewMode: 'story' });
    }, story);
  } else {
    await page.goto(`${url}iframe.html?viewMode=story&id=${story}`);
    await page.evaluate(axeSource);
  }
  const phase = await page.waitForFunction(
    (id) => {
      const render = (window as unknown as StorybookWindow).__STORYBOOK_PREVIEW__?.currentRender;
      return render?.id === id && ['completed', 'finished', 'errored', 'aborted'].includes(render.phase ?? '') ? render.phase : false;
    },
    story,
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

/**
 * What is wrong with the page as it stands. All rules where the markup is new at this width; where only theme or direction
 * differ from what has been looked at, the rules that read what is painted.
 */
async function look(page: Page, seen: Set<string>): Promise<string[]> {
  const markup = await page.evaluate(async () => {
    // Two frames: container queries and resize observers have answered.
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    await Promise.all(document.getAnimations().filter((one) => Number.isFinite(Number(one.effect?.getComputedTiming().endTime))).map((one) => one.finished.catch(() => undefined)));
    const read = (root: ParentNode): string => [...root.querySelectorAll('*')].map((element) => (element.shadowRoot ? element.shadowRoot.innerHTML + read(element.shadowRoot) : '')).join('');
    return `${window.innerWidth} ${document.body.innerHTML}${read(document)}`;
  });
  const known = seen.has(markup);
  seen.add(markup);
  return page.evaluate(
    async (runOnly) => {
      const context = [...document.querySelectorAll('body > :not(script, style, #storybook-docs, [class^="sb-"])')];
      const { violations } = await (window as unknown as StorybookWindow).axe.run(context as unknown as axe.ElementContext, { runOnly, resultTypes: ['violations'], preload: false, iframes: false });
      const found = violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id} (${help}) at ${node.target.flat().join(' ')}: ${(node.failureSummary ?? '').split('\n').slice(1).join(' ').trim()}`));
      const wide = document.documentElement.scrollWidth - window.innerWidth;
      if (wide > 0) found.push(`reflow: ${wide} px wider than the window`);
      return found;
    },
    known ? paintRules : rules,
  );
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
    const seen = new Set<string>();
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
          for (const what of await look(page, seen)) findings.push({ story, where, what });
        }
      }
    }
  } catch (error) {
    looks += 1;
    findings.push({ story, where, what: error instanceof Error ? error.message : String(error) });
    await page.goto('about:blank');
  } finally {
    page.off('pageerror', thrown);
  }
  return { looks, findings };
}

async function worker(browser: Browser, url: string, queue: string[], done: (result: { looks: number; findings: Finding[] }) => void): Promise<void> {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  // tsx names inner functions through a helper that the page does not have.
  await context.addInitScript('globalThis.__name = (value) => value');
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
