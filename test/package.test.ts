import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
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

  it('exports what the sources have, types first', () => {
    for (const [name, target] of Object.entries(manifest.exports)) {
      if (typeof target !== 'object' || target === null) continue;
      assert.deepEqual(Object.keys(target), ['types', 'default'], name);
      assert.equal(target.types.replace(/\.d\.ts$/, '.js'), target.default, name);
      const source = target.default.replace(/^\.\/dist\/(.*?)(\/\*)?\.js$/, (_, path: string, all?: string) => (all ? `src/${path}` : `src/${path}.ts`));
      assert.ok(existsSync(source), `${name}: ${source} is missing`);
    }
  });

  it('pins every dependency exactly', () => {
    for (const [name, range] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) assert.match(range, /^\d+\.\d+\.\d+$/, name);
  });
});
