/**
 * `npm run sbom`: what the published package carries along, as CycloneDX JSON, by `npm sbom`. From the lockfile, and with nothing but the
 * package's own dependencies in view: among those of its development npm leaves out what both have (lit, zod).
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './setup.mjs';

/** @param {string} file */
const read = (file) => JSON.parse(readFileSync(join(root, file), 'utf8'));
const { name, version, description, license, dependencies } = read('package.json');
const lock = read('package-lock.json');
const published = { name, version, description, license, dependencies };

/** @type {Record<string, { dependencies?: Record<string, string> }>} */
const packages = { '': published };
/** Where Node would find it: in the folder of who asks, else further up. @param {string} from @param {string} wanted */
function add(from, wanted) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const path = `${folder}${folder && '/'}node_modules/${wanted}`;
    const found = lock.packages[path];
    if (found) {
      if (packages[path]) return;
      const { dev: _, peer: _peer, ...entry } = found;
      packages[path] = entry;
      for (const next of Object.keys(entry.dependencies ?? {})) add(path, next);
      return;
    }
    if (folder === '') throw new Error(`package-lock.json has no ${wanted}: run "npm install".`);
  }
}
for (const wanted of Object.keys(dependencies)) add('', wanted);

const folder = join(mkdtempSync(join(tmpdir(), 'sbom-')), 'settings');
mkdirSync(folder);
writeFileSync(join(folder, 'package.json'), JSON.stringify(published));
writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ name, version, lockfileVersion: lock.lockfileVersion, requires: true, packages }));
const { status, stdout, stderr } = spawnSync('npm', ['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx', '--sbom-type', 'library'], { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32' });
rmSync(join(folder, '..'), { recursive: true });
process.stderr.write(stderr);
process.stdout.write(stdout);
process.exitCode = status ?? 1;
