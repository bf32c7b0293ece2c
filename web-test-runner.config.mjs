import { build } from 'esbuild';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { chromiumArgs, chromiumPath } from './scripts/chromium.mjs';

/** CommonJS packages, which the browser cannot load: served as one ES module each. */
const commonJs = ['qrcode'];

/** @returns {import('@web/test-runner').TestRunnerPlugin} */
function bundleCommonJs() {
  /** @type {Map<string, Promise<string>>} */
  const bundles = new Map();
  /** @param {string} name */
  const bundle = async (name) => {
    // As bundlers do: the default export is the module, and its parts have their names too.
    const names = Object.keys(createRequire(import.meta.url)(name)).join(', ');
    const contents = `import all from '${name}'; export default all; export const { ${names} } = all;`;
    const result = await build({ stdin: { contents, resolveDir: process.cwd() }, bundle: true, format: 'esm', platform: 'browser', write: false });
    return result.outputFiles[0]?.text ?? '';
  };
  return {
    name: 'bundle-common-js',
    resolveImport: ({ source }) => (commonJs.includes(source) ? `/__bundled__/${source}.js` : undefined),
    serve({ path }) {
      const name = /^\/__bundled__\/(.+)\.js$/.exec(path)?.[1];
      if (name === undefined || !commonJs.includes(name)) return undefined;
      const text = bundles.get(name) ?? bundle(name);
      bundles.set(name, text);
      return text;
    },
  };
}

/** Lets tests put a virtual authenticator into their browser (DevTools protocol, domain WebAuthn). @returns {import('@web/test-runner').TestRunnerPlugin} */
function webAuthn() {
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

/** Counts for scripts/test.mjs. @returns {import('@web/test-runner').Reporter} */
function tallyReporter() {
  /** @param {import('@web/test-runner').TestSuiteResult | undefined} suite @returns {import('@web/test-runner').TestResult[]} */
  const testsOf = (suite) => (suite ? [...suite.tests, ...suite.suites.flatMap(testsOf)] : []);
  return {
    stop({ sessions }) {
      const file = process.env['TALLY_FILE'];
      if (file === undefined) return;
      const tests = sessions.flatMap((session) => testsOf(session.testResults)).filter((test) => !test.skipped);
      const passed = tests.filter((test) => test.passed).length;
      // A file that could not be loaded, or that timed out, has no failed test to show for it.
      const broken = sessions.filter((session) => !session.passed && testsOf(session.testResults).every((test) => test.passed || test.skipped));
      writeFileSync(file, JSON.stringify({ passed, failed: tests.length - passed + broken.length }));
    },
  };
}

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  files: 'test/**/*.browser.ts',
  nodeResolve: true,
  concurrency: 2,
  testsFinishTimeout: 120_000,
  testFramework: { config: { ui: 'bdd', timeout: '10000' } },
  // Lit's development build warns of mistakes; that it is one need not be said in each file.
  filterBrowserLogs: ({ args }) => !args.some((arg) => String(arg).includes('lit.dev/msg/dev-mode')),
  plugins: [bundleCommonJs(), webAuthn(), esbuildPlugin({ ts: true, tsconfig: 'tsconfig.json', target: 'es2022' })],
  reporters: [defaultReporter(), tallyReporter()],
  browsers: [
    chromeLauncher({
      launchOptions: { executablePath: chromiumPath(), args: chromiumArgs },
      // A window of its own that believes it has the focus: with two tabs at once focus tests would hang.
      async createPage({ context }) {
        const page = await context.newPage({ type: 'window' });
        const session = await page.createCDPSession();
        await session.send('Emulation.setFocusEmulationEnabled', { enabled: true });
        return page;
      },
    }),
  ],
};
