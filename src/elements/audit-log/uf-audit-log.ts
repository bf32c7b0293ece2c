import type { CSSResultGroup } from 'lit';
import { baseStyles } from '../../ui/base-styles.js';
import type { SectionTable } from '../base/section.js';
import { SettingsElement } from '../base/settings-element.js';
import { lazySection } from '../base/lazy-section.js';

export const auditLogSections = {
  // Everybody who is signed in: whoever may not read it is told so, and whom to ask.
  'audit-log': lazySection(['auth.context'], async () => {
    // Small files that come at once, some of them known from other widgets.
    const [{ AuditSection }] = await Promise.all([import('./audit-section.js'), import('./audit-filters.js'), import('../base/event-words.js'), import('../team/team-styles.js')]);
    return AuditSection;
  }),
} satisfies SectionTable;

/**
 * What people did in the organisation, for its owners and admins.
 *
 * @tag uf-audit-log
 * @summary Audit log: who did what, when and from where; by person, action and time; as a CSV file.
 *
 * @slot before - Content of the page above the sections.
 * @slot after - Content of the page below the sections.
 * @slot signed-out - Replaces what is shown when nobody is signed in.
 *
 * @fires {CustomEvent<{operation: string, kind: string}>} uf-error - Something failed; the element shows it already.
 * @fires {CustomEvent<null>} uf-ready - Data is shown for the first time.
 *
 * @csspart base - The wrapper of everything.
 * @csspart section - One section: heading and content.
 * @csspart heading - A heading.
 * @csspart card - A card.
 * @csspart table - The table of events.
 * @csspart field - Label, input, hint and error.
 * @csspart label - A field's label.
 * @csspart input - An input or select.
 * @csspart button - A button.
 * @csspart notice - Something to know, beside what it concerns.
 * @csspart dialog - A modal dialog.
 * @csspart organisation - One of the person’s organisations, where this one is shut to them.
 */
export class UfAuditLog extends SettingsElement {
  static override styles: CSSResultGroup = baseStyles;
  protected readonly table = auditLogSections;
}
