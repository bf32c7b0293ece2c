import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';
import { runConformance, type ConformanceHarness, type ConformanceResult } from '../../src/contract/conformance/index.js';
import { errorKinds, operationNames, SettingsError, type SettingsAdapter } from '../../src/contract/index.js';
import { startAcme } from './support/acme-server.js';
import { blocksOf } from './support/markdown.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const text = readFileSync(join(root, 'docs/adapters.md'), 'utf8');

/** The files of the example: blocks that name one, ```ts acme-adapter.ts. */
const files = blocksOf(text).filter(({ file }) => file !== undefined);

/** Ignored by git, and within the repository, so that the package's own name and the tools are found. */
function scratch(): string {
  mkdirSync(join(root, 'artifacts'), { recursive: true });
  return mkdtempSync(join(root, 'artifacts/docs-adapters-'));
}

function run(file: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<{ status: number | null; output: string }> {
  return new Promise((done, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', ...args, file], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part: string) => (output += part));
    child.once('error', reject);
    child.once('close', (status) => {
      done({ status, output });
    });
  });
}

describe('docs/adapters.md', () => {
  const folder = scratch();
  let acme: Awaited<ReturnType<typeof startAcme>>;
  let createAcmeAdapter: (options: { url: string; token: () => string | null }) => SettingsAdapter;
  let harness: ConformanceHarness;
  let results: ConformanceResult[];

  before(async () => {
    for (const { file = '', text: code } of files) writeFileSync(join(folder, file), code);
    acme = await startAcme(blocksOf(text).find(({ language }) => language === 'graphql')?.text ?? '');
    process.env['ACME_URL'] = acme.url;
    ({ createAcmeAdapter } = (await import(pathToFileURL(join(folder, 'acme-adapter.ts')).href)) as { createAcmeAdapter: typeof createAcmeAdapter });
    ({ harness } = (await import(pathToFileURL(join(folder, 'acme-harness.ts')).href)) as { harness: ConformanceHarness });
    results = await runConformance(harness);
  });

  after(async () => {
    delete process.env['ACME_URL'];
    await acme.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** An adapter of Ada's in a world of its own. */
  const ada = async (): Promise<SettingsAdapter> => (await harness.createWorld('by hand')).as('owner');

  it('compiles as strictly as we do', () => {
    const path = join(root, 'tsconfig.json');
    const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile(path, (name) => readFileSync(name, 'utf8')).config, ts.sys, dirname(path));
    const program = ts.createProgram(files.map(({ file = '' }) => join(folder, file)), { ...options, types: ['node'] });
    const wrong = ts.getPreEmitDiagnostics(program).filter(({ file }) => file && resolve(file.fileName).startsWith(folder));
    assert.deepEqual(wrong.map(({ messageText, file }) => `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`), []);
  });

  it('fails no case of the conformance suite, and passes what concerns it', () => {
    const by = (wanted: string): string[] => results.filter(({ outcome }) => outcome === wanted).map(({ case: { area, name }, reason }) => `${area}: ${name}: ${reason ?? ''}`);
    assert.deepEqual(by('failed'), []);
    assert.ok(by('passed').length > 30, `only ${by('passed').length} passed`);
    assert.ok(by('skipped').every((line) => line.includes(': lacks ')));
    for (const area of ['auth', 'profile', 'company', 'team']) assert.ok(by('passed').some((line) => line.startsWith(`${area}: `)), `nothing of ${area}`);
  });

  it('has what it says and hides the rest', async () => {
    const adapter = await ada();
    const { operations } = await adapter.call('auth.context', undefined);
    assert.deepEqual([...operations].sort(), [...adapter.operations].sort(), 'an owner may do all that Acme has');
    await assert.rejects(adapter.call('apiKeys.list', {}), (error) => SettingsError.is(error) && error.kind === 'unsupported');
  });

  it('ends the request of a call that is aborted, and says so when no answer comes', async () => {
    const adapter = await ada();
    const controller = new AbortController();
    const call = adapter.call('company.get', undefined, { signal: controller.signal });
    controller.abort();
    await assert.rejects(call, (error) => SettingsError.is(error) && error.kind === 'aborted');
    const nowhere = createAcmeAdapter({ url: 'http://127.0.0.1:9/graphql', token: () => null });
    await assert.rejects(nowhere.call('company.get', undefined), (error) => SettingsError.is(error) && error.kind === 'unavailable');
  });

  it('signs in to the memory backend as its page says', async () => {
    const { adapter, signIn } = (await import(pathToFileURL(join(folder, 'memory-demo.ts')).href)) as { adapter: SettingsAdapter; signIn: (email: string, password: string) => Promise<void> };
    await assert.rejects(adapter.call('auth.context', undefined), (error) => SettingsError.is(error) && error.kind === 'unauthenticated');
    await signIn('ada@example.com', 'analytical-engine-1843');
    assert.equal((await adapter.call('auth.context', undefined)).user.name, 'Ada Lovelace');
  });

  it('tells other tabs what changed, until they stop listening', async () => {
    const [here, there] = [await ada(), await ada()];
    const heard = new Promise<readonly string[]>((tell) => {
      const stop = there.subscribe?.((changed) => {
        stop?.();
        tell(changed);
      });
    });
    await here.call('company.update', { name: 'Told Engines' });
    assert.deepEqual(await heard, ['auth.context', 'company.get', 'team.list']);
  });

  for (const [file, args, line] of [
    ['acme.test.ts', ['--test', '--test-reporter=tap'], /^# fail 0$/m],
    ['acme-conformance.ts', [], /^\d+ passed, 0 failed, \d+ skipped$/m],
  ] as const) {
    it(`runs the suite as ${file} says`, async () => {
      // Without what tells a process that it is a test of another.
      const { NODE_TEST_CONTEXT: _, ...env } = process.env;
      const { status, output } = await run(join(folder, file), args, env);
      assert.equal(status, 0, output);
      assert.match(output, line);
      const passed = Number(/^(?:# pass )?(\d+)(?: passed)?/m.exec(output.slice(output.search(/^# pass|^\d+ passed/m)))?.[1]);
      assert.equal(passed, results.filter(({ outcome }) => outcome === 'passed').length);
    });
  }

  it('explains every kind of error that an adapter throws, and names only operations that there are', () => {
    const shown = errorKinds.filter((kind) => !['offline', 'aborted'].includes(kind));
    assert.deepEqual(shown.filter((kind) => !text.includes(`\`${kind}\``)), []);
    const named = Array.from(text.matchAll(/'((?:auth|profile|email|password|mfa|company|team|invitation|apiKeys)\.\w+)'/g), ([, name = '']) => name);
    assert.ok(named.length > 10);
    assert.deepEqual(named.filter((name) => !operationNames.some((known) => known === name)), []);
  });
});
