/**
 * Runs inside `npm version`: brings what follows from the version in package.json up to date, the hashes of the CDN files in README and docs included.
 * `node scripts/version.mjs --check` says whether the docs have those of dist/: before it is published.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup.mjs';

/** @param {string} file */
const read = (file) => readFileSync(join(root, file), 'utf8');

/** @param {string} file @param {(text: string) => string} change */
function edit(file, change) {
  const before = read(file);
  const after = change(before);
  if (after === before) throw new Error(`${file}: nothing to change.`);
  writeFileSync(join(root, file), after);
}

/** Each address of a CDN file, with the version and the hash of this build. @param {string} text */
function withHashes(text) {
  const { name, version, integrity } = JSON.parse(read('dist/cdn/integrity.json'));
  return text.replace(/@userflux\/settings@[^/"']+(\/dist\/cdn\/)([\w.-]+)(?:(["'])( integrity="sha384-)[^"]*)?/g, (_, path, file, quote = '', attribute = '') => `${name}@${version}${path}${file}${quote}${attribute}${attribute && integrity[file].slice('sha384-'.length)}`);
}

const pages = ['README.md', 'docs/embedding.md'];

if (process.argv.includes('--check')) {
  for (const page of pages.filter((one) => withHashes(read(one)) !== read(one))) {
    console.error(`${page} has other hashes than dist/cdn: "npm version" writes them.`);
    process.exitCode = 1;
  }
} else {
  const { version } = JSON.parse(read('package.json'));
  edit('src/version.ts', (text) => text.replace(/'[^']*'/, `'${version}'`));
  edit('CHANGELOG.md', (text) => text.replace(/^## Unreleased$/m, `## Unreleased\n\n## ${version} - ${new Date().toISOString().slice(0, 10)}`));
  if (spawnSync('npm', ['run', '-s', 'build'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' }).status !== 0) throw new Error('"npm run build" failed.');
  for (const page of pages) edit(page, withHashes);
}
