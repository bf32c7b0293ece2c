/** Markup of Svelte 5: `import type {} from '@userflux/settings/svelte'` once, anywhere. Events are `onuf-change={...}`. */
import type { HTMLAttributes } from 'svelte/elements';
import type { Elements, Listeners } from './elements.js';

type Tags = {
  [Tag in keyof Elements]: HTMLAttributes<Elements[Tag]['element']> & Elements[Tag]['properties'] & Elements[Tag]['attributes'] & Listeners<Elements[Tag]['events'], 'on'>;
};

declare module 'svelte/elements' {
  interface SvelteHTMLElements extends Tags {}
}
