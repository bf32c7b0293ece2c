import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

const page = readFileSync('docs/theming.md', 'utf8');
const tokensIn = (text: string): string[] => [...new Set(text.match(/--uf-[a-z-]+/g) ?? [])].sort();
const sources = ['src/ui', 'src/elements', 'src/lit'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(`${folder}/${file}`, 'utf8')),
);
/** What the sheets read: `var(--uf-...`. */
const read = tokensIn(sources.flatMap((text) => text.match(/var\(--uf-[a-z-]+/g) ?? []).join(' '));

describe('docs/theming.md', () => {
  it('lists every token that a sheet reads, once, and no other', () => {
    const listed = [...page.matchAll(/^\| `(--uf-[a-z-]+)` \|/gm)].map(([, token = '']) => token);
    assert.deepEqual([...listed].sort(), read);
    assert.ok(read.length >= 25, `${read.length} tokens`);
  });

  it('names every ready theme, with the class that its file styles, and each sets only tokens that are read', () => {
    for (const file of readdirSync('src/themes')) {
      const name = file.replace('.css', '');
      assert.ok(page.includes(`\`themes/${file}\` | \`uf-theme-${name}\``), file);
      const css = readFileSync(`src/themes/${file}`, 'utf8');
      assert.ok(css.includes(`.uf-theme-${name} {`), file);
      const set = [...css.matchAll(/^\s*(--uf-[a-z-]+):/gm)].map(([, token = '']) => token);
      assert.deepEqual(set.filter((token) => !read.includes(token)), [], file);
    }
  });
});
