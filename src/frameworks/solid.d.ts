/** JSX of Solid: `import type {} from '@userflux/settings/solid'` once, anywhere. Events are `on:uf-change={...}`. */
import type { JSX } from 'solid-js';
import type { Elements, Listeners } from './elements.js';

type Tags = {
  [Tag in keyof Elements]: JSX.HTMLAttributes<Elements[Tag]['element']> &
    Elements[Tag]['properties'] & { [Name in keyof Elements[Tag]['properties'] as `prop:${Name & string}`]?: Elements[Tag]['properties'][Name] } &
    Elements[Tag]['attributes'] & { [Name in keyof Elements[Tag]['attributes'] as `attr:${Name & string}`]?: Elements[Tag]['attributes'][Name] } &
    Listeners<Elements[Tag]['events'], 'on:'>;
};

declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements extends Tags {}
  }
}
