/** The loader for pages without a build: it looks at the page as soon as it is there. `loadElements` takes shadow roots. */
import { loadElements } from '../loader.js';

loadElements();

export { loadElements } from '../loader.js';
