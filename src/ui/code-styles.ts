import { css } from 'lit';
import { monoToken } from './part-tokens.js';

/** The one field of a one-time code. */
export const codeStyles = css`
  ${monoToken}
  .input.code { inline-size: 11rem; max-inline-size: 100%; min-block-size: 2.75rem; padding-inline: calc(var(--_u) * 4); font-family: var(--_mono); font-size: 1.25rem; line-height: 1.75rem; letter-spacing: 0.16em; }
  @container uf (max-width: 23.99rem) {
    .input.code { inline-size: 100%; }
  }
`;
