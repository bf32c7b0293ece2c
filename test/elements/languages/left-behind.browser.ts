import { expect } from 'chai';
import '../../../src/define/all.js';
import * as english from '../../../src/locales/en.js';
import japanese from '../../../src/locales/ja.js';
import type { Message } from '../../../src/locales/messages.js';
import { definePseudo, PSEUDO } from '../../../stories/support/pseudo.js';
import { itWith } from '../../support/engines.js';
import { chooseFile } from '../../support/files.js';
import { afterThisTest, place } from '../../support/mount.js';
import { all, everything, find } from '../../support/query.js';
import { playScene, scenes } from '../../support/strict-scenes.js';
import { eventually, until } from '../../support/wait.js';

const formsOf = (message: Message): string[] => (typeof message === 'string' ? [message] : Object.values(message));
const textsOf = (areas: object): string[] => Object.values(areas).flatMap((texts: Readonly<Record<string, Message>>) => Object.values(texts).flatMap(formsOf));
/** What is the same in Japanese is a name, of a program say. */
const names = new Set(textsOf(japanese));

/** English texts, as patterns: a placeholder is anything. Those with hardly a word of their own are left out. */
const patterns = textsOf(english)
  .filter((text) => !names.has(text))
  .filter((text) => /[a-z]{3}/i.test(text.replaceAll(/\{\w+\}/g, '')))
  .map((text) => new RegExp(`^${text.split(/\{\w+\}/).map((piece) => piece.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.+')}$`));

/** What a person reads and hears of the page; what was said once stays as it was said. */
function wordsOfThePage(): string[] {
  const words: string[] = [];
  for (const element of everything()) {
    if (element.closest('[role=status], [part=toasts], script, style')) continue;
    for (const name of ['aria-label', 'title', 'placeholder', 'alt']) words.push(element.getAttribute(name) ?? '');
    for (const tree of [element, element.shadowRoot]) for (const node of tree?.childNodes ?? []) if (node instanceof Text) words.push(node.data);
  }
  return words.map((text) => text.replaceAll(/\s+/g, ' ').trim()).filter(Boolean);
}

const englishIn = (words: readonly string[]): string[] => words.filter((text) => patterns.some((pattern) => pattern.test(text)));

/** The page speaks another language from now on, until the test ends. */
function speakPseudo(): void {
  const before = document.documentElement.lang;
  afterThisTest(() => { document.documentElement.lang = before; });
  document.documentElement.lang = PSEUDO;
}

const show = (name: string): Promise<void> => playScene(name, (provider) => { place().append(provider); });

describe('A language that changes while it is looked at leaves no English in', () => {
  before(definePseudo);

  for (const [name, { needs }] of Object.entries(scenes)) {
    // One changes the language itself, in the other is nothing to be read yet.
    if (/language|before signing in/.test(name)) continue;
    (needs ? itWith(needs) : it)(name, async () => {
      await show(name);
      expect(englishIn(wordsOfThePage()), 'English, while the page is').not.to.be.empty;
      speakPseudo();
      await eventually(() => { expect(englishIn(wordsOfThePage())).to.deep.equal([]); });
    });
  }

  it('a picture that is refused', async () => {
    await show('the account, whole');
    await eventually(() => { chooseFile(new File(['no picture'], 'picture.png', { type: 'image/png' })); });
    await until(() => englishIn(wordsOfThePage()).some((text) => text.includes('picture') && /not|cannot|no /.test(text)), 'the refusal');
    speakPseudo();
    await eventually(() => { expect(englishIn(wordsOfThePage())).to.deep.equal([]); });
  });

  it('a file of people that cannot be read, and the results of what was done to many', async () => {
    await show('inviting many');
    await eventually(() => { chooseFile(new File(['a,"b'], 'people.csv', { type: 'text/csv' })); });
    await until(() => all('alert').length > 0 || englishIn(wordsOfThePage()).some((text) => text.includes('line')), 'what is wrong with the file');
    (await find('button', /^Send 2/)).click();
    await find('button', 'Done');
    speakPseudo();
    await eventually(() => { expect(englishIn(wordsOfThePage())).to.deep.equal([]); });
  });
});
