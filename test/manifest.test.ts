import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

interface Entry {
  name: string;
  description?: string;
}
interface Declaration extends Entry {
  tagName: string;
  summary?: string;
  members?: Entry[];
  attributes?: Entry[];
  events?: Entry[];
  slots?: Entry[];
  cssParts?: Entry[];
  cssProperties?: Entry[];
}

const manifest = JSON.parse(readFileSync('custom-elements.json', 'utf8')) as { modules: { path: string; declarations: Declaration[] }[] };
const elements = manifest.modules.flatMap((module) => module.declarations);

describe('custom-elements.json', () => {
  it('has every tag that define/ registers, and no other', () => {
    const defined = readdirSync('src/define').map((file) => file.replace(/\.ts$/, '')).filter((name) => name.startsWith('uf-')).sort();
    assert.deepEqual(elements.map((element) => element.tagName).sort(), defined);
  });

  it('points to files that the build makes', () => {
    for (const { path } of manifest.modules) assert.ok(existsSync(path.replace(/^dist\/(.*)\.js$/, 'src/$1.ts')), path);
  });

  for (const element of elements) {
    it(`${element.tagName} is described`, () => {
      assert.ok(element.summary, 'a summary');
      assert.ok(element.description, 'a description');
      for (const kind of ['attributes', 'events', 'slots', 'cssParts', 'cssProperties', 'members'] as const) {
        for (const entry of element[kind] ?? []) assert.ok(entry.description, `${kind}: ${entry.name || '(default)'} has no description`);
      }
    });
  }
});
