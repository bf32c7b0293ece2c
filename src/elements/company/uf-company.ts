import type { CSSResultGroup } from 'lit';
import { baseStyles } from '../../ui/base-styles.js';
import { lazySection } from '../base/lazy-section.js';
import type { SectionTable } from '../base/section.js';
import { SettingsElement } from '../base/settings-element.js';
import { CompanySection } from './company-section.js';
import { companyStyles } from './company-styles.js';

export const companySections = {
  company: CompanySection,
  security: lazySection(['company.get'], async () => (await import('./security-section.js')).SecuritySection, 2),
  membership: lazySection(['organisation.leave', 'organisation.transfer', 'organisation.delete'], async () => (await import('./membership-section.js')).MembershipSection),
} satisfies SectionTable;

/**
 * The organisation's name, country and logo, from when on it requires multi-factor authentication, and the person's place in it:
 * leaving, handing over, deleting.
 *
 * Sections for the `sections` attribute: `company`, `security`, `membership`.
 *
 * @tag uf-company
 * @summary Company Details: name and country of the organisation, saved together.
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
 * @csspart section - One section: heading and card.
 * @csspart heading - A heading.
 * @csspart card - A card.
 * @csspart field - Label, input, hint and error.
 * @csspart label - A field's label.
 * @csspart input - An input or select.
 * @csspart button - A button.
 * @csspart primary-button - The one primary button of a card.
 * @csspart notice - Something to know, beside what it concerns.
 * @csspart dialog - A modal dialog.
 * @csspart organisation - One of the person’s organisations, where this one is shut to them.
 * @csspart qr - The white tile with the QR code, where MFA is set up from here.
 */
export class UfCompany extends SettingsElement {
  static override styles: CSSResultGroup = [baseStyles, companyStyles];
  protected readonly table = companySections;
}
