/** `npm run package`: the packed tarball as a host's tools will see it. Needs dist/. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './setup.mjs';

const folder = mkdtempSync(join(tmpdir(), 'pack-'));

/** @param {string} command @param {string[]} args */
function run(command, ...args) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) {
    rmSync(folder, { recursive: true });
    process.exit(1);
  }
}

if (!existsSync(join(root, 'dist/index.js'))) {
  console.error('dist/ is missing: run "npm run build" first.');
  process.exit(1);
}
run('npm', 'pack', '--ignore-scripts', '--silent', '--pack-destination', folder);
const tarball = join(folder, readdirSync(folder)[0] ?? '');
run('npx', '--no-install', 'publint', 'run', tarball, '--strict');
// attw leaves out what an export with * stands for: name the define modules.
const defined = readdirSync(join(root, 'dist/define')).filter((file) => file.endsWith('.js')).map((file) => `define/${file.slice(0, -3)}`);
run('npx', '--no-install', 'attw', tarball, '--profile', 'esm-only', '--format', 'ascii', '--no-emoji', '--include-entrypoints', ...defined);
rmSync(folder, { recursive: true });
