import { css } from 'lit';

/** What the attributes `theme` and `density` do, on a provider for all inside it or on one widget. Tokens that the page sets on the element win. */
export const schemeStyles = css`
  /* In forced colours the palette of the page is the person's: an island of the other scheme would be dark on dark. */
  @media (forced-colors: none) {
    :host([theme="light"]) { color-scheme: light; }
    :host([theme="dark"]) { color-scheme: dark; }
  }
  :host([density="compact"]) { --uf-font-size: 0.8125rem; --uf-control-size: 2rem; --uf-card-padding: 1rem; --uf-section-gap: 1.75rem; }
`;
