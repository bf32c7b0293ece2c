import { build } from 'esbuild';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { defaultReporter } from '@web/test-runner';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { launchers, realKeys, strictPage, webAuthn } from './scripts/engines.mjs';

/** Which engines: scripts/test.mjs says it. */
const engines = (process.env['ENGINES'] ?? 'chromium').split(',');

/** @param {string} name @returns {never} */
function unknown(name) {
  throw new Error(`ENGINES names "${name}", which is none of ${Object.keys(launchers).join(', ')}.`);
}

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

/** The capability that a test was skipped for: test/support/engines.ts writes it at the end of the name. */
const LACKING = / \[([\w-]+)\]$/;

/** Counts for scripts/test.mjs, and says what was skipped for which engine, and why. @returns {import('@web/test-runner').Reporter} */
function tallyReporter() {
  /** @param {import('@web/test-runner').TestSuiteResult | undefined} suite @returns {import('@web/test-runner').TestResult[]} */
  const testsOf = (suite) => (suite ? [...suite.tests, ...suite.suites.flatMap(testsOf)] : []);
  return {
    stop({ sessions }) {
      const all = sessions.flatMap((session) => testsOf(session.testResults).map((test) => ({ ...test, browser: session.browser.name })));
      const tests = all.filter((test) => !test.skipped);
      const skipped = all.filter((test) => test.skipped);
      for (const { browser, name } of skipped) console.log(`Skipped in ${browser}: ${name}`);
      // Chromium can do all that these tests need.
      const silent = skipped.filter(({ browser, name }) => browser === 'Chrome' || !LACKING.test(name));
      for (const { name } of silent) console.log(`Skipped without a reason, which counts as failed: ${name}`);
      const passed = tests.filter((test) => test.passed).length;
      // A file that could not be loaded, or that timed out, has no failed test to show for it.
      const broken = sessions.filter((session) => !session.passed && testsOf(session.testResults).every((test) => test.passed || test.skipped));
      const file = process.env['TALLY_FILE'];
      if (file !== undefined) writeFileSync(file, JSON.stringify({ passed, failed: tests.length - passed + broken.length + silent.length, skipped: skipped.length - silent.length }));
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
  plugins: [bundleCommonJs(), realKeys(), webAuthn(), strictPage(), esbuildPlugin({ ts: true, tsconfig: 'tsconfig.json', target: 'es2022' })],
  reporters: [defaultReporter(), tallyReporter()],
  browsers: engines.map((name) => launchers[name]?.() ?? unknown(name)),
};
