import { setCustomElementsManifest, type Decorator, type Preview } from '@storybook/web-components-vite';
import manifest from '../../custom-elements.json';
import { languages } from './languages.js';
import './preview.css';

setCustomElementsManifest(manifest);

/** Width of the story's root: the widgets answer to their container, not to the window. */
const widths: Record<string, string> = { full: '', phone: '320px', tablet: '768px', desktop: '1280px' };

/** Theme as a host page would set it: on its root, through CSSOM (no style attribute). */
const inHostPage: Decorator = (story, { globals, canvasElement }) => {
  document.documentElement.style.colorScheme = String(globals['theme']);
  canvasElement.style.maxInlineSize = widths[String(globals['width'])] ?? '';
  return story();
};

const preview: Preview = {
  tags: ['autodocs'],
  ...languages,
  decorators: [inHostPage, ...languages.decorators],
  initialGlobals: { ...languages.initialGlobals, theme: 'light', width: 'full' },
  globalTypes: {
    theme: {
      description: 'Colour scheme of the host page',
      toolbar: { icon: 'mirror', dynamicTitle: true, items: [{ value: 'light', title: 'Light' }, { value: 'dark', title: 'Dark' }] },
    },
    ...languages.globalTypes,
    width: {
      description: 'Width of the place where the widget stands',
      toolbar: {
        icon: 'grow',
        dynamicTitle: true,
        items: [
          { value: 'full', title: 'Full width' },
          { value: 'phone', title: '320 px' },
          { value: 'tablet', title: '768 px' },
          { value: 'desktop', title: '1280 px' },
        ],
      },
    },
  },
  parameters: {
    // A story that does not get where it wants to is an error, not a line in the console.
    throwPlayFunctionExceptions: true,
    controls: { expanded: true, sort: 'requiredFirst' },
    // The page's own colour follows the theme.
    backgrounds: { disable: true },
    viewport: { disable: true },
    layout: 'fullscreen',
    options: { storySort: { method: 'alphabetical' } },
  },
};

export default preview;
