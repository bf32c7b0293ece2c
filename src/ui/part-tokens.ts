import { css } from 'lit';

/** Tokens of what lies over or stands out of the page: dialogs, menus, toasts, the bar of visible keys. Only sheets that use them carry them. */
export const overlayTokens = css`
  .root {
    --_accent-soft: var(--uf-accent-soft, light-dark(color-mix(in oklab, var(--_accent) 7%, var(--_surface)), color-mix(in oklab, oklch(from var(--_accent) min(l, 0.57) c h) 22%, var(--_surface))));
    --_raised: var(--uf-surface-raised, light-dark(var(--_surface), color-mix(in oklab, var(--_text) 4.5%, var(--_surface))));
    --_shadow: var(--uf-shadow, 0 0.75rem 2rem light-dark(oklch(0.24 0.016 265 / 0.14), oklch(0 0 0 / 0.5)));
  }
`;

/** The face of keys and codes. */
export const monoToken = css`
  .root {
    --_mono: var(--uf-font-mono, ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace);
  }
`;
