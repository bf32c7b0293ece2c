import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { loadableTags } from '../src/loader.js';
import { version } from '../src/version.js';

interface Package {
  version: string;
  sideEffects: string[];
  exports: Record<string, string | null | { types: string; default: string }>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Package;

describe('package.json', () => {
  it('has the version that the library says', () => {
    assert.equal(version, manifest.version);
  });

  it('has a changelog in which that version comes first, or what is not released yet', () => {
    const headings = Array.from(readFileSync('CHANGELOG.md', 'utf8').matchAll(/^## (.+)$/gm), ([, heading = '']) => heading);
    assert.equal(headings[0], 'Unreleased');
    for (const heading of headings.slice(1)) assert.match(heading, /^\d+\.\d+\.\d+(-[\w.]+)? - \d{4}-\d\d-\d\d$/);
    // Before the first release there is none.
    if (headings[1]) assert.equal(headings[1].split(' ')[0], version);
  });

  it('has a lockfile of the same version and dependencies', () => {
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Package> };
    const { version: locked, dependencies, devDependencies } = packages[''] ?? manifest;
    assert.deepEqual({ locked, dependencies, devDependencies }, { locked: version, dependencies: manifest.dependencies, devDependencies: manifest.devDependencies });
  });

  it('names everything that does something when it loads, and nothing else, as a side effect', () => {
    assert.deepEqual(manifest.sideEffects.filter((path) => path.startsWith('./dist/')), ['./dist/define/*.js', './dist/cdn/**/*.js', './dist/themes/*.css']);
    // A sheet is nothing but its effect. That nothing else of src/ has one is held by layers.test.ts.
  });

  it('exports what the sources have, types first', () => {
    for (const [name, target] of Object.entries(manifest.exports)) {
      if (typeof target !== 'object' || target === null) continue;
      assert.deepEqual(Object.keys(target), ['types', 'default'], name);
      assert.equal(target.types.replace(/\.d\.ts$/, '.js'), target.default, name);
        // Types alone, for a framework.
      if (target.default.startsWith('./dist/frameworks/')) {
        assert.ok(existsSync(target.types.replace('./dist/', 'src/')), name);
        continue;
      }
      const source = target.default.replace(/^\.\/dist\/(.*?)(\/\*)?\.js$/, (_, path: string, all?: string) => (all ? `src/${path}` : `src/${path}.ts`));
      assert.ok(existsSync(source), `${name}: ${source} is missing`);
    }
  });

  it('pins every dependency exactly', () => {
    for (const [name, range] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) assert.match(range, /^\d+\.\d+\.\d+$/, name);
  });
});

describe('The loader', () => {
  it('knows every tag that define/ has', () => {
    const tags = readdirSync('src/define').map((file) => file.replace(/\.ts$/, '')).filter((name) => name.startsWith('uf-'));
    assert.deepEqual([...loadableTags].sort(), tags.sort());
  });
});
