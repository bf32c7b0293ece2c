/** Templates of Vue 3: `import type {} from '@userflux/settings/vue'` once, anywhere. Events are `@uf-change="..."`. */
import type { HTMLAttributes } from 'vue';
import type { CamelCase, Elements } from './elements.js';

type Component<Tag extends keyof Elements> = new () => {
  $props: HTMLAttributes &
    Elements[Tag]['properties'] &
    Elements[Tag]['attributes'] & { [Name in keyof Elements[Tag]['events'] as `on${Capitalize<CamelCase<Name & string>>}`]?: (event: Elements[Tag]['events'][Name]) => void };
  $emit: <Name extends keyof Elements[Tag]['events']>(name: Name, event: Elements[Tag]['events'][Name]) => void;
};

type Tags = { [Tag in keyof Elements]: Component<Tag> };

declare module 'vue' {
  interface GlobalComponents extends Tags {}
}
