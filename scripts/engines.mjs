/** The browsers that the widget tests run in: one launcher for each engine, and real keys for all of them. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { chromeLauncher } from '@web/test-runner-chrome';
import { WebdriverLauncher } from '@web/test-runner-webdriver';
import puppeteer from 'puppeteer-core';
import { chromiumArgs, chromiumPath } from './chromium.mjs';

const { env } = process;

/** @param {string[]} names */
function onPath(...names) {
  return names.flatMap((name) => (env['PATH'] ?? '').split(':').filter(Boolean).map((folder) => join(folder, name))).find((path) => existsSync(path));
}

/** @param {string | undefined} found @param {string} what */
function needed(found, what) {
  if (found === undefined) throw new Error(`No ${what} found. On Debian: apt-get install firefox-esr webkit2gtk-driver xvfb`);
  return found;
}

function chromium() {
  return chromeLauncher({
    launchOptions: { executablePath: chromiumPath(), args: chromiumArgs },
    // A window of its own that believes it has the focus: with two tabs at once focus tests would hang.
    async createPage({ context }) {
      const page = await context.newPage({ type: 'window' });
      const session = await page.createCDPSession();
      await session.send('Emulation.setFocusEmulationEnabled', { enabled: true });
      return page;
    },
  });
}

/** By WebDriver BiDi. Nothing there emulates the focus: one page at a time. */
function firefox() {
  const executablePath = needed(env['FIREFOX_PATH'] ?? onPath('firefox-esr', 'firefox'), 'Firefox');
  return chromeLauncher({
    // The launcher knows the name of what it launches only where it is told by what.
    puppeteer: /** @type {any} */ (puppeteer),
    concurrency: 1,
    launchOptions: { browser: 'firefox', executablePath, extraPrefsFirefox: { 'intl.accept_languages': 'en-US, en' } },
  });
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('No port is free.'))));
    });
  });
}

/** WebKitGTK by its own driver, in a screen that nobody sees: it has no headless mode. */
class WebKitLauncher extends WebdriverLauncher {
  concurrency = 1;
  /** @type {import('node:child_process').ChildProcess[]} */
  #processes = [];
  /** @type {Promise<void> | undefined} */
  #started;
  #options;

  /** @param {ConstructorParameters<typeof WebdriverLauncher>[0]} options */
  constructor(options) {
    super(options);
    this.#options = options;
  }

  /** @override @param {Parameters<WebdriverLauncher['initialize']>[0]} config */
  async initialize(config) {
    // With more than one page at a time it would use frames, which have no keys.
    await super.initialize({ ...config, concurrency: 1 });
    this.name = 'WebKitGTK';
  }

  /** @override @param {string} id @param {string} url */
  async startSession(id, url) {
    await (this.#started ??= this.#start());
    return super.startSession(id, url);
  }

  /** @override */
  async stop() {
    await super.stop();
    for (const process of this.#processes.reverse()) process.kill();
  }

  async #start() {
    const screen = spawn(needed(onPath('Xvfb'), 'Xvfb'), ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    this.#processes.push(screen);
    /** @type {string} */
    const display = await new Promise((resolve, reject) => {
      screen.stdio[3]?.once('data', (data) => resolve(String(data).trim()));
      screen.once('exit', (code) => reject(new Error(`Xvfb ended with ${String(code)}.`)));
    });
    const port = await freePort();
    // Without a language it would tell pages that theirs is "C".
    const driver = spawn(needed(onPath('WebKitWebDriver'), 'WebKitWebDriver'), [`--port=${port}`], { stdio: 'ignore', env: { ...env, DISPLAY: `:${display}`, LANG: 'en_US.UTF-8', LC_ALL: 'en_US.UTF-8' } });
    this.#processes.push(driver);
    const status = `http://127.0.0.1:${port}/status`;
    while (driver.exitCode === null && !(await fetch(status).catch(() => undefined))?.ok) await new Promise((done) => setTimeout(done, 50));
    this.#options.port = port;
  }
}

function webkit() {
  // Its types were written without exactOptionalPropertyTypes.
  return /** @type {any} */ (new WebKitLauncher({
    hostname: '127.0.0.1',
    logLevel: 'error',
    capabilities: /** @type {any} */ ({ browserName: 'MiniBrowser', 'wdio:enforceWebDriverClassic': true, 'webkitgtk:browserOptions': { args: ['--automation'] } }),
  }));
}

/** What the word in ENGINES launches. @type {Record<string, () => import('@web/test-runner').BrowserLauncher>} */
export const launchers = { chromium, firefox, webkit };

/** WebDriver writes keys that are no character as code points of their own (https://www.w3.org/TR/webdriver2/#keyboard-actions). @type {Record<string, string>} */
const CODE_POINTS = {
  Backspace: '\uE003', Tab: '\uE004', Enter: '\uE007', Shift: '\uE008', Control: '\uE009', Alt: '\uE00A', Escape: '\uE00C', PageUp: '\uE00E', PageDown: '\uE00F',
  End: '\uE010', Home: '\uE011', ArrowLeft: '\uE012', ArrowUp: '\uE013', ArrowRight: '\uE014', ArrowDown: '\uE015', Insert: '\uE016', Delete: '\uE017', Meta: '\uE03D',
};

/** @typedef {{ type: string } | { press: string } | { down: string } | { up: string }} Keystroke */

/** @param {Keystroke} stroke */
function actionsOf(stroke) {
  /** @param {string} key */
  const value = (key) => {
    const code = CODE_POINTS[key] ?? key;
    if ([...code].length !== 1) throw new Error(`WebDriver has no code point for "${key}" here: add it to scripts/engines.mjs.`);
    return code;
  };
  /** @param {string} key */
  const pressed = (key) => ['keyDown', 'keyUp'].map((type) => ({ type, value: value(key) }));
  if ('type' in stroke) return [...stroke.type].flatMap(pressed);
  if ('press' in stroke) return pressed(stroke.press);
  return ['down' in stroke ? { type: 'keyDown', value: value(stroke.down) } : { type: 'keyUp', value: value(stroke.up) }];
}

/** Real keys in each engine, several with one command: what @web/test-runner-commands has lacks modifiers over WebDriver. @returns {import('@web/test-runner').TestRunnerPlugin<Keystroke[]>} */
export function realKeys() {
  return {
    name: 'real-keys',
    async executeCommand({ command, payload = [], session: { browser, id } }) {
      if (command !== 'real-keys') return undefined;
      const strokes = payload.map((stroke) => /** @type {Keystroke} */ (Object.fromEntries(Object.entries(stroke).map(([what, key]) => [what, key === 'Space' ? ' ' : key]))));
      if (browser instanceof WebdriverLauncher) {
        // @ts-expect-error The launcher keeps it private, and performs nothing but the mouse.
        await browser.driverManager.performActions(id, [{ type: 'key', id: 'keyboard', actions: strokes.flatMap(actionsOf) }]);
        return true;
      }
      const { keyboard } = /** @type {import('@web/test-runner-chrome').ChromeLauncher} */ (browser).getPage(id);
      for (const stroke of strokes) {
        if ('type' in stroke) await keyboard.type(stroke.type);
        else if ('press' in stroke) await keyboard.press(/** @type {import('puppeteer-core').KeyInput} */ (stroke.press));
        else if ('down' in stroke) await keyboard.down(/** @type {import('puppeteer-core').KeyInput} */ (stroke.down));
        else await keyboard.up(/** @type {import('puppeteer-core').KeyInput} */ (stroke.up));
      }
      return true;
    },
  };
}

/** Lets tests put a virtual authenticator into Chromium (DevTools protocol, domain WebAuthn). @returns {import('@web/test-runner').TestRunnerPlugin} */
export function webAuthn() {
  /** @type {Map<string, Promise<import('puppeteer-core').CDPSession>>} */
  const sessions = new Map();
  return {
    name: 'web-authn',
    async executeCommand({ command, payload, session }) {
      if (!command.startsWith('WebAuthn.')) return undefined;
      const { browser, id } = session;
      const devTools = sessions.get(id) ?? /** @type {import('@web/test-runner-chrome').ChromeLauncher} */ (browser).getPage(id).createCDPSession();
      sessions.set(id, devTools);
      return { answer: await (await devTools).send(/** @type {'WebAuthn.enable'} */ (command), payload) };
    },
  };
}

/** What a page of a careful host allows: W2, as docs/embedding.md has it. */
const STRICT = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html";

/** A page under that policy for test/support/strict-page.ts. @returns {import('@web/test-runner').TestRunnerPlugin} */
export function strictPage() {
  return {
    name: 'strict-page',
    serve({ path }) {
      if (path !== '/strict-page') return undefined;
      const body = '<!doctype html><html lang="en"><title>Strict</title><body><script type="module" src="/test/support/strict-page.ts"></script></body></html>';
      return { type: 'html', headers: { 'Content-Security-Policy': STRICT }, body };
    },
  };
}
