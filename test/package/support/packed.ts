import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

export interface Manifest {
  name: string;
  version: string;
  exports: Record<string, string | null | { types: string; default: string }>;
  dependencies: Record<string, string>;
}

/** A folder of a host that has installed what `npm publish` would send, and nothing else. */
export interface Host {
  folder: string;
  /** What would be published. */
  tarball: string;
  /** Where the library is in the folder. */
  library: string;
  manifest: Manifest;
}

/** Packs the library and unpacks it into the node_modules of an empty project. Its declared dependencies are there, and no others. */
export function installPacked(): Host {
  if (!existsSync('dist/cdn/integrity.json')) throw new Error('dist/ is missing: run "npm run build" first.');
  const folder = mkdtempSync(join(tmpdir(), 'host-'));
  process.on('exit', () => {
    rmSync(folder, { recursive: true });
  });
  run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder]);
  const library = join(folder, 'node_modules/@userflux/settings');
  mkdirSync(library, { recursive: true });
  const tarball = join(folder, readdirSync(folder).find((file) => file.endsWith('.tgz')) ?? '');
  run('tar', ['-xzf', tarball, '--strip-components=1', '-C', library]);
  const manifest = JSON.parse(readFileSync(join(library, 'package.json'), 'utf8')) as Manifest;
  for (const name of Object.keys(manifest.dependencies)) {
    const place = join(folder, 'node_modules', name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(resolve('node_modules', name), place);
  }
  return { folder, tarball, library, manifest };
}

/** Every name that `import` takes, with those that an export with `*` stands for. */
export function entriesOf({ library, manifest: { name, exports } }: Host): string[] {
  const entries = Object.entries(exports).flatMap(([path, target]) => {
    if (target === null) return [];
    if (!path.includes('*')) return [path];
    const [before = '', behind = ''] = (typeof target === 'string' ? target : target.default).split('*');
    return readdirSync(join(library, before))
      .filter((file) => file.endsWith(behind))
      .map((file) => path.replace('*', file.slice(0, -behind.length)))
      .filter((one) => exports[one] !== null);
  });
  return entries.map((path) => name + path.slice(1)).sort();
}

/** @returns what it printed. @throws when it fails, with what it said. */
export function run(command: string, args: readonly string[], cwd = process.cwd()): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 64e6 });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}${stderr}${error?.message ?? ''}`);
  return stdout;
}

/** Compiles files in a folder of the host, as strictly as TypeScript can; the library's own types are checked, too, unless told. @throws with what is wrong */
export function compile({ folder }: Host, name: string, files: Readonly<Record<string, string>>, options: { module: 'nodenext' | 'esnext' } & Partial<Record<'strictNullChecks' | 'exactOptionalPropertyTypes' | 'noImplicitAny' | 'skipLibCheck', boolean>> & { types?: readonly string[] }): void {
  const place = join(folder, name);
  mkdirSync(place);
  writeFileSync(join(place, 'package.json'), '{ "type": "module" }');
  for (const [file, text] of Object.entries(files)) writeFileSync(join(place, file), text);
  const compilerOptions = {
    noEmit: true, strict: true, exactOptionalPropertyTypes: true, allowJs: true, checkJs: true, target: 'es2022', lib: ['es2023', 'dom', 'dom.iterable'],
    moduleResolution: options.module === 'esnext' ? 'bundler' : options.module, types: [], skipLibCheck: false, ...options,
  };
  writeFileSync(join(place, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts', '*.js'] }));
  run(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', place], place);
}
