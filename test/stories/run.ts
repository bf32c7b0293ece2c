/**
 * `npm run test:stories`: builds Storybook, then looks at every story in light, dark and forced colours, left to right and
 * right to left, at 320, 768 and 1280 px, and at 320 px with text of twice the size and the spacing of WCAG 1.4.12: axe finds
 * nothing in the whole document, nothing throws, nothing is wider than the window, no text is cut off or lies on another. Then once more in
 * the pseudo-locale at 320 and 1280 px: the same but for axe. A word
 * after `--` narrows the run to the stories whose id contains it; STORIES_BUILT=1 takes the Storybook that is there.
 */
import type axe from 'axe-core';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { chromium, type Browser, type Page } from 'playwright-core';
import { preview } from 'vite';
import { chromiumArgs, chromiumPath } from '../../scripts/chromium.mjs';
import { PSEUDO } from '../../stories/support/pseudo.js';
import { inspect, type PageTools } from './inspect.js';

const axeSource = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const widths = [1280, 768, 320] as const;
const themes = ['light', 'dark', 'forced'] as const;
const directions = ['ltr', 'rtl'] as const;
const allRules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The rules that read what is painted rather than markup: colours, and sizes and places. */
const colourRules = ['color-contrast', 'link-in-text-block'];
const placeRules = ['target-size', 'scrollable-region-focusable'];
/** A story that draws a load in progress is never "settled": how long to wait for one. */
const settleTime = 1500;
/** A story takes about five seconds. What a page runs for ever would hold up the run without a word: nothing that is evaluated in a page has an end of its own. */
const storyTime = 120_000;
const closeTime = 10_000;
const buildTime = 15 * 60_000;

interface Finding {
  story: string;
  where: string;
  what: string;
}

/** The phases in which Storybook says that a story has been drawn and played. */
interface StorybookWindow extends PageTools {
  __STORYBOOK_PREVIEW__?: { currentRender?: { id?: string; phase?: string }; channel: { emit: (event: string, data: unknown) => void } };
  axe: typeof axe;
}

type Speaking = Element & { locale?: { tag: string } };

/** What a host page gives the widgets, and Storybook does not: a main part and a first heading. */
function furnish(): void {
  document.querySelector('#storybook-root')?.setAttribute('role', 'main');
  const header = document.createElement('header');
  const heading = document.createElement('h1');
  heading.textContent = 'Host page';
  heading.style.cssText = 'position: absolute; inline-size: 1px; block-size: 1px; margin: 0; overflow: hidden; clip-path: inset(50%)';
  header.append(heading);
  document.body.prepend(header);
}

/** Shows a story and waits until it is drawn, played, and has no busy part any more. Storybook exchanges it in place: three times as fast as loading. */
async function open(page: Page, url: string, story: string): Promise<void> {
  if (page.url().startsWith(url)) {
    await page.evaluate((storyId) => {
      const page = document as unknown as Record<symbol, { clearToasts?: () => void } | undefined>;
      page[Symbol.for('@userflux/settings:announcer')]?.clearToasts?.();
      (window as unknown as StorybookWindow).__STORYBOOK_PREVIEW__?.channel.emit('setCurrentStory', { storyId, viewMode: 'story' });
    }, story);
  } else {
    await page.goto(`${url}iframe.html?viewMode=story&id=${story}`);
    await page.evaluate(axeSource);
    await page.evaluate(inspect);
    await page.evaluate(furnish);
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
    .waitForFunction(() => !(window as unknown as StorybookWindow).everything().some((element) => element.getAttribute('aria-busy') === 'true'), undefined, { timeout: settleTime })
    .catch(() => undefined);
}

/** What axe has read already of this story, by what its rules depend on. */
class Seen {
  readonly #keys = new Set<string>();

  /** Whether this is new. */
  add(...parts: readonly (string | number)[]): boolean {
    const key = parts.join(' ');
    const fresh = !this.#keys.has(key);
    this.#keys.add(key);
    return fresh;
  }
}

/** A toast would be gone after six seconds: it stays while somebody points at it, as it does for people. */
async function holdToasts(page: Page): Promise<void> {
  const place = await page.evaluate(() => {
    const toast = (window as unknown as StorybookWindow).everything().find((element) => element.getAttribute('part') === 'toast');
    const box = toast?.getBoundingClientRect();
    return box && { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  });
  await page.mouse.move(place?.x ?? 0, place?.y ?? 0);
}

/**
 * What is wrong with the page as it stands. Axe runs once for each distinct rendering: all rules where markup or what is
 * visible of it is new, those of colour where the colours of anything visible are, those of place where sizes or places are.
 * @param enlarged larger text changes no colour, and less contrast is asked of it
 */
async function look(page: Page, enlarged: boolean, seen: Seen): Promise<string[]> {
  await holdToasts(page);
  const { markup, colours, places, cut } = await page.evaluate(() => (window as unknown as StorybookWindow).inspect());
  const anew = seen.add('markup', markup);
  const colouredAnew = !enlarged && seen.add('colours', markup, colours);
  const placedAnew = seen.add('places', markup, places);
  const rules = anew ? allRules : [...(colouredAnew ? colourRules : []), ...(placedAnew ? placeRules : [])];
  if (rules.length === 0) return cut;
  const found = await page.evaluate(async (runOnly) => {
    const { violations } = await (window as unknown as StorybookWindow).axe.run(document, { runOnly, resultTypes: ['violations'], preload: false, iframes: false });
    return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id} (${help}) at ${node.target.flat().join(' ')}: ${(node.failureSummary ?? '').split('\n').slice(1).join(' ').trim()}`));
  }, rules);
  return [...found, ...cut];
}

/** The story as it stands, in another language. */
async function speak(page: Page, language: string): Promise<void> {
  await page.evaluate((lang) => {
    document.documentElement.lang = lang;
  }, language);
  // Widgets whose person chose a language stay in it.
  await page
    .waitForFunction(
      (tag) => (window as unknown as StorybookWindow).everything().every((element) => !(element as Speaking).locale || (element as Speaking).locale?.tag === tag || !(element as Speaking).locale?.tag.startsWith('en-GB')),
      language,
      { timeout: settleTime },
    )
    .catch(() => undefined);
}

interface Looked {
  looks: number;
  findings: Finding[];
  /** Whether the page can show the next story. */
  usable: boolean;
}

async function lookAtStory(page: Page, url: string, story: string): Promise<Looked> {
  const findings: Finding[] = [];
  let looks = 0;
  let usable = true;
  let where = '';
  const thrown = (error: Error): void => {
    findings.push({ story, where, what: `throws: ${error.message}` });
  };
  page.on('pageerror', thrown);
  try {
    await page.setViewportSize({ width: widths[0], height: 900 });
    await open(page, url, story);
    const seen = new Seen();
    const lookHere = async (enlarged = false): Promise<void> => {
      looks += 1;
      for (const what of await look(page, enlarged, seen)) findings.push({ story, where, what });
    };
    for (const theme of themes) {
      await page.emulateMedia({ forcedColors: theme === 'forced' ? 'active' : 'none' });
      // The palette reaches the shadow trees with the next frame.
      await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 });
        for (const direction of directions) {
          where = `${theme} ${direction} ${width}`;
          // What the preview's decorator does, without loading the story again.
          await page.evaluate(([scheme = '', dir = '']) => {
            document.documentElement.style.colorScheme = scheme;
            document.documentElement.dir = dir;
          }, [theme === 'dark' ? 'dark' : 'light', direction]);
          await lookHere();
        }
      }
    }
    // The window is 320 px wide by now, and what was measured with usual text says nothing of this one.
    await page.emulateMedia({ forcedColors: 'none' });
    for (const direction of directions) {
      where = `large text ${direction} 320`;
      await page.evaluate((dir) => {
        document.documentElement.dir = dir;
        (window as unknown as StorybookWindow).enlarge(true);
      }, direction);
      await lookHere(true);
    }
    await page.evaluate(() => {
      (window as unknown as StorybookWindow).enlarge(false);
      document.documentElement.dir = 'ltr';
    });
    await speak(page, PSEUDO);
    for (const width of [320, 1280]) {
      where = `pseudo-locale ${String(width)}`;
      await page.setViewportSize({ width, height: 900 });
      looks += 1;
      const { cut } = await page.evaluate(() => (window as unknown as StorybookWindow).inspect());
      for (const what of cut) findings.push({ story, where, what });
    }
    await speak(page, 'en-GB');
  } catch (error) {
    looks += 1;
    findings.push({ story, where, what: error instanceof Error ? error.message : String(error) });
    usable = false;
  } finally {
    page.off('pageerror', thrown);
  }
  return { looks, findings, usable };
}

async function newPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  // tsx names inner functions through a helper that the page does not have.
  await context.addInitScript('globalThis.__name = (value) => value');
  return context.newPage();
}

/** The promise's value, or undefined once the time is up. */
async function within<Value>(milliseconds: number, promise: Promise<Value>): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, milliseconds, undefined);
  });
  return Promise.race([promise, timeUp]).finally(() => {
    clearTimeout(timer);
  });
}

async function worker(browser: Browser, url: string, queue: string[], done: (result: Looked) => void): Promise<void> {
  let page = await newPage(browser);
  for (let story = queue.shift(); story !== undefined; story = queue.shift()) {
    const timeUp = { looks: 1, findings: [{ story, where: 'on the whole', what: `is not looked at after ${String(storyTime / 1000)} s: the page does not answer` }], usable: false };
    const looked = (await within(storyTime, lookAtStory(page, url, story))) ?? timeUp;
    done(looked);
    if (looked.usable) continue;
    await within(closeTime, page.context().close());
    page = await newPage(browser);
  }
}

if (process.env['STORIES_BUILT'] !== '1') {
  console.log('Building Storybook ...');
  const built = spawnSync(process.execPath, ['node_modules/storybook/dist/bin/dispatcher.js', ...'build --config-dir stories/.storybook --output-dir storybook-static --disable-telemetry --quiet'.split(' ')], { encoding: 'utf8', timeout: buildTime });
  if (built.status !== 0) {
    console.error(built.stdout, built.stderr, built.error?.message ?? '');
    process.exit(1);
  }
  console.log('Built.');
}

const index = JSON.parse(readFileSync('storybook-static/index.json', 'utf8')) as { entries: Record<string, { type: string; tags?: string[] }> };
const filters = process.argv.slice(2);
const stories = Object.entries(index.entries)
  .filter(([id, entry]) => entry.type === 'story' && (filters.length === 0 || filters.some((filter) => id.includes(filter))))
  .map(([id]) => id);

const server = await preview({ configFile: false, logLevel: 'error', build: { outDir: 'storybook-static' }, preview: { port: 0, host: '127.0.0.1' } });
const browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumArgs });
const start = Date.now();
const seconds = (): string => String(Math.round((Date.now() - start) / 1000));
let looked = 0;
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
      looked += 1;
      if (looked % 25 === 0 || bad.size > 0) console.log(`${String(looked)} of ${String(stories.length)} stories, ${String(passed)} looks without a finding, ${String(failed.size)} with, in ${seconds()} s`);
      for (const finding of findings) {
        const key = `${finding.story} ${finding.what}`;
        const known = problems.get(key);
        if (known) known.places.push(finding.where);
        else problems.set(key, { ...finding, places: [finding.where] });
      }
    }),
  ),
);
await within(closeTime, browser.close());
await within(closeTime, server.close());

for (const { story, what, places } of problems.values()) console.log(`✖ ${story} [${places.join(', ')}]\n    ${what}`);
console.log(`${stories.length} stories, ${passed} looks without a finding, ${failed.size} with, in ${seconds()} s`);
const tally = process.env['TALLY_FILE'];
if (tally !== undefined) writeFileSync(tally, JSON.stringify({ passed, failed: failed.size }));
process.exit(failed.size === 0 && passed > 0 ? 0 : 1);
