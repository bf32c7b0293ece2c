import type { PropertyDeclarations } from 'lit';

/** The look that a page may ask for by attribute; the sheets do the work. */
export const schemeProperties: PropertyDeclarations = { theme: { reflect: true }, density: { reflect: true } };
