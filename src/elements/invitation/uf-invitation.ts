import { css, type CSSResultGroup, type PropertyDeclarations, type PropertyValues } from 'lit';
import { baseStyles } from '../../ui/base-styles.js';
import type { SectionTable } from '../base/section.js';
import { SettingsElement } from '../base/settings-element.js';
import { InvitationSection } from './invitation-section.js';

const styles = css`
  .ways { display: flex; flex-wrap: wrap; justify-content: center; gap: calc(var(--_u) * 2); padding-block-start: calc(var(--_u) * 4); }
  .sign-in { padding-block-start: calc(var(--_u) * 4); inline-size: 100%; }
  .sign-in p { color: var(--_text-muted); }
`;

/**
 * The page behind the link of an invitation mail: who invites, to what, and the answer.
 *
 * @tag uf-invitation
 * @summary An invitation as its invitee sees it: accept or decline.
 *
 * @slot before - Content of the page above the invitation.
 * @slot after - Content of the page below the invitation.
 * @slot signed-out - The page's own way to sign in or sign up, shown while somebody else or nobody is signed in.
 *
 * @fires {CustomEvent<{operation: string}>} uf-before-change - Before an answer is sent; cancelable.
 * @fires {CustomEvent<{operation: string}>} uf-change - `invitation.accept` or `invitation.decline` took effect.
 * @fires {CustomEvent<{operation: string, kind: string}>} uf-error - Something failed; the element shows it already.
 *
 * @csspart base - The wrapper of everything.
 * @csspart card - The card.
 * @csspart heading - The heading.
 * @csspart button - A button.
 * @csspart primary-button - The button that accepts.
 */
export class UfInvitation extends SettingsElement {
  static override styles: CSSResultGroup = [baseStyles, styles];

  static override properties: PropertyDeclarations = { token: {} };

  /** The token of the link. Set it as a property where you can, and take it out of the page's address. */
  token: string | undefined;

  protected readonly table: SectionTable = {};
  readonly #invitation = new InvitationSection(this);
  #used: unknown;

  override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (!changed.has('token') && this.#used === this.client) return;
    this.#used = this.client;
    this.#invitation.use(this.token ?? '');
  }

  /** The link works without a session. */
  protected override renderState(): unknown {
    return this.client ? this.#invitation.render() : super.renderState();
  }
}
