/** JSX of Preact: `import type {} from '@userflux/settings/preact'` once, anywhere. Events are `onuf-change={...}`. */
import type { JSX } from 'preact';
import type { Elements, Listeners } from './elements.js';

type Tags = {
  [Tag in keyof Elements]: JSX.HTMLAttributes<Elements[Tag]['element']> & Elements[Tag]['properties'] & Elements[Tag]['attributes'] & Listeners<Elements[Tag]['events'], 'on'>;
};

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements extends Tags {}
  }
}
