import type { Decorator, Preview } from '@storybook/web-components-vite';
import { loaders } from '../../src/locales/loaders.js';
import { definePseudo, PSEUDO } from '../support/pseudo.js';

const ENGLISH = 'en-GB';

/** Each language under its own name, as a person looks for it. */
const items = ['en-GB', ...Object.keys(loaders)].map((value) => ({ value, title: new Intl.DisplayNames([value], { type: 'language' }).of(value) ?? value }));

definePseudo();

/** What acts in a story finds things by their English names: until it has, the page speaks English. */
let acting = false;

const rightToLeft = (language: string): boolean => ['ar', 'he'].includes(new Intl.Locale(language).language);

function speak(language: string, direction: string): void {
  document.documentElement.lang = language;
  document.documentElement.dir = direction === 'language' ? (rightToLeft(language) ? 'rtl' : 'ltr') : direction;
}

const inLanguage: Decorator = (story, { globals, viewMode }) => {
  speak(acting && viewMode === 'story' ? ENGLISH : String(globals['language']), String(globals['direction']));
  return story();
};

/** Language and direction of the host page. */
export const languages = {
  decorators: [inLanguage],
  beforeEach: () => {
    acting = true;
  },
  afterEach: ({ globals }) => {
    acting = false;
    speak(String(globals['language']), String(globals['direction']));
  },
  initialGlobals: { language: ENGLISH, direction: 'language' },
  globalTypes: {
    language: {
      description: 'Language of the host page',
      toolbar: { icon: 'globe', dynamicTitle: true, items: [...items, { value: PSEUDO, title: 'Pseudo-locale: long, accented' }] },
    },
    direction: {
      description: 'Direction of the host page',
      toolbar: {
        icon: 'transfer',
        dynamicTitle: true,
        items: [
          { value: 'language', title: 'As the language' },
          { value: 'ltr', title: 'Left to right' },
          { value: 'rtl', title: 'Right to left' },
        ],
      },
    },
  },
} satisfies Preview;
