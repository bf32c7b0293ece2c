import type { CSSResultGroup, PropertyDeclarations } from 'lit';
import { baseStyles } from '../../ui/base-styles.js';
import { SettingsElement } from '../base/settings-element.js';
import { accountStyles } from './account-styles.js';
import type { CredentialsHost } from './password-section.js';
import { accountSections } from './sections.js';

/**
 * The person's own account: details, time zone and language, password, multi-factor authentication, passkeys, sessions, recent
 * activity, the end of the account, sign-out.
 *
 * Sections for the `sections` attribute: `profile`, `preferences`, `password`, `mfa`, `passkeys`, `sessions`, `activity`,
 * `delete-account`, `sign-out`.
 *
 * @tag uf-account
 * @summary Your Account: name, email address, password, multi-factor authentication, passkeys, sign-out.
 *
 * @slot before - Content of the page above the sections.
 * @slot after - Content of the page below the sections.
 * @slot signed-out - Replaces what is shown when nobody is signed in.
 *
 * @fires {CustomEvent<{operation: string}>} uf-before-change - Before a change is sent; cancelable.
 * @fires {CustomEvent<{operation: string}>} uf-change - A change took effect.
 * @fires {CustomEvent<{operation: string, kind: string}>} uf-error - Something failed; the element shows it already.
 * @fires {CustomEvent<null>} uf-sign-out - The person signed out.
 * @fires {CustomEvent<null>} uf-ready - Data is shown for the first time.
 *
 * @csspart base - The wrapper of everything.
 * @csspart section - One section: heading and card.
 * @csspart heading - A heading.
 * @csspart card - A card.
 * @csspart field - Label, input, hint and error.
 * @csspart label - A field's label.
 * @csspart input - An input or select.
 * @csspart button - A button.
 * @csspart primary-button - The one primary button of a card.
 * @csspart icon-button - A button that is only an icon.
 * @csspart notice - Something to know, beside what it concerns.
 * @csspart dialog - A modal dialog.
 * @csspart organisation - One of the person’s organisations, where this one is shut to them.
 * @csspart qr - The white tile with the QR code.
 */
export class UfAccount extends SettingsElement implements CredentialsHost {
  static override styles: CSSResultGroup = [baseStyles, accountStyles];

  static override properties: PropertyDeclarations = { credentials: {} };

  /**
   * Where the form stands that changes the password: in the `shadow` root, as without, or with `light` as a child of this element, for password
   * managers that do not look into shadow roots.
   */
  credentials: 'shadow' | 'light' | undefined;

  protected readonly table = accountSections;

  protected override isPersonal(): boolean {
    return true;
  }
}
