import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { run, type Host } from './packed.js';

/** The examples as somebody has copied and installed them, with the packed library. Answers their folder. */
export function installExamples({ folder, tarball }: Host): string {
  const place = join(folder, 'examples');
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel', 'error'];
  cpSync('examples', place, { recursive: true, filter: (path) => !path.includes('node_modules') });
  run('npm', ['ci', ...quiet], place);
  run('npm', ['install', '--no-save', '--no-package-lock', ...quiet, tarball], place);
  return place;
}

/** Builds a folder of the examples into its `dist`, as their README says. */
export function buildExample(examples: string, name: string): void {
  run(process.execPath, [join(examples, 'node_modules/vite/bin/vite.js'), 'build', name, '--outDir', 'dist', '--logLevel', 'warn'], examples);
}
