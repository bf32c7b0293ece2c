import type { CSSResultGroup, PropertyDeclarations } from 'lit';
import { baseStyles } from '../../ui/base-styles.js';
import type { SectionTable } from '../base/section.js';
import { SettingsElement } from '../base/settings-element.js';
import { ApiKeysSection } from './api-keys-section.js';
import { apiKeysStyles } from './api-keys-styles.js';
import type { Snippet, SnippetHost } from './key-snippets.js';

export const apiKeysSections = { keys: ApiKeysSection } satisfies SectionTable;

/**
 * The organisation's API keys: made, changed, replaced with an overlap and revoked; hidden until the person has confirmed a
 * one-time code, and then visible for a minute.
 *
 * @tag uf-api-keys
 * @summary API Keys by kind and environment: create, reveal after Complete MFA, source addresses, replace, disable, revoke.
 *
 * @slot before - Content of the page above the sections.
 * @slot after - Content of the page below the sections.
 * @slot signed-out - Replaces what is shown when nobody is signed in.
 *
 * @fires {CustomEvent<{operation: string}>} uf-before-change - Before a change is sent; cancelable.
 * @fires {CustomEvent<{operation: string}>} uf-change - A change took effect.
 * @fires {CustomEvent<{operation: string, kind: string}>} uf-error - Something failed; the element shows it already.
 * @fires {CustomEvent<null>} uf-ready - Data is shown for the first time.
 *
 * @csspart base - The wrapper of everything.
 * @csspart section - One section: heading and content.
 * @csspart heading - A heading.
 * @csspart card - A card.
 * @csspart reveal-bar - The bar that says whether the keys are visible.
 * @csspart field - Label, input, hint and error.
 * @csspart label - A field's label.
 * @csspart input - An input or select.
 * @csspart button - A button.
 * @csspart primary-button - The primary button.
 * @csspart icon-button - A button that is only an icon.
 * @csspart notice - Something to know, beside what it concerns.
 * @csspart menu - What can be done to a key.
 * @csspart dialog - A modal dialog.
 * @csspart organisation - One of the person’s organisations, where this one is shut to them.
 * @csspart qr - The white tile with the QR code, where MFA is set up from here.
 */
export class UfApiKeys extends SettingsElement implements SnippetHost {
  static override styles: CSSResultGroup = [baseStyles, apiKeysStyles];

  static override properties: PropertyDeclarations = { apiUrl: { attribute: 'api-url' }, snippets: { attribute: false } };

  /** Where your API is, for the snippets that a new key is shown with: `https://api.your-product.com/v1`. A relative address is of this page's site. */
  apiUrl: string | undefined;
  /** Snippets of your own for a new key, in the place of ours (`.env`, curl, JavaScript); an empty list: none. They never see the secret. */
  snippets: readonly Snippet[] | undefined;

  protected readonly table = apiKeysSections;
}
