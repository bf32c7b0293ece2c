/** JSX of React 19: `import type {} from '@userflux/settings/react'` once, anywhere. Events are `onuf-change={...}`. */
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { Elements, Listeners } from './elements.js';

type Tags = {
  [Tag in keyof Elements]: DetailedHTMLProps<HTMLAttributes<Elements[Tag]['element']>, Elements[Tag]['element']> & Elements[Tag]['properties'] & Elements[Tag]['attributes'] & Listeners<Elements[Tag]['events'], 'on'>;
};

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends Tags {}
  }
}
