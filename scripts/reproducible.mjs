/** `npm run reproducible`: builds once more and says whether every file of dist/ is the same, byte by byte. Needs dist/. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup.mjs';

const dist = join(root, 'dist');
if (!existsSync(join(dist, 'cdn/integrity.json'))) {
  console.error('dist/ is missing: run "npm run build" first.');
  process.exit(1);
}

function hashes() {
  const files = readdirSync(dist, { recursive: true }).map(String).filter((path) => statSync(join(dist, path)).isFile()).sort();
  return new Map(files.map((path) => [path, createHash('sha256').update(readFileSync(join(dist, path))).digest('hex')]));
}

const first = hashes();
const { status } = spawnSync('npm', ['run', '-s', 'build'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' });
if (status !== 0) process.exit(1);
const second = hashes();
const different = [...new Set([...first.keys(), ...second.keys()])].filter((path) => first.get(path) !== second.get(path));
for (const path of different) console.error(`differs: ${path}`);
console.log(`${first.size} files, built twice: ${different.length === 0 ? 'all the same' : `${different.length} differ`}`);
if (different.length > 0) process.exitCode = 1;
