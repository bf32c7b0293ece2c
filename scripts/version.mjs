/** Runs inside `npm version`: brings what follows from the version in package.json up to date. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup.mjs';

/** @param {string} file @param {(text: string) => string} change */
function edit(file, change) {
  const path = join(root, file);
  const before = readFileSync(path, 'utf8');
  const after = change(before);
  if (after === before) throw new Error(`${file}: nothing to change.`);
  writeFileSync(path, after);
}

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
edit('src/version.ts', (text) => text.replace(/'[^']*'/, `'${version}'`));
edit('CHANGELOG.md', (text) => text.replace(/^## Unreleased$/m, `## Unreleased\n\n## ${version} - ${new Date().toISOString().slice(0, 10)}`));
