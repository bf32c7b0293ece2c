import type { CSSResultGroup } from 'lit';
import { baseStyles } from '../../ui/base-styles.js';
import type { SectionTable } from '../base/section.js';
import { SettingsElement } from '../base/settings-element.js';
import { TeamSection } from './team-section.js';
import { teamStyles } from './team-styles.js';

export const teamSections = { team: TeamSection } satisfies SectionTable;

/**
 * Everyone in the organisation and everyone invited to it.
 *
 * @tag uf-team
 * @summary Team Members: people and invitations with role and status; New Invitation.
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
 * @csspart table - The table of people and invitations.
 * @csspart field - Label, input, hint and error.
 * @csspart label - A field's label.
 * @csspart input - An input or select.
 * @csspart button - A button.
 * @csspart primary-button - The primary button.
 * @csspart icon-button - A button that is only an icon.
 * @csspart notice - Something to know, beside what it concerns.
 * @csspart dialog - A modal dialog.
 * @csspart organisation - One of the person’s organisations, where this one is shut to them.
 */
export class UfTeam extends SettingsElement {
  static override styles: CSSResultGroup = [baseStyles, teamStyles];
  protected readonly table = teamSections;
}
