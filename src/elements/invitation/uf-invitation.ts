import { css, html, type CSSResultGroup, type PropertyDeclarations, type PropertyValues } from 'lit';
import { SettingsError } from '../../contract/index.js';
import { baseStyles } from '../../ui/base-styles.js';
import { skeleton } from '../../ui/templates.js';
import { Lazy } from '../base/lazy.js';
import type { SectionTable } from '../base/section.js';
import { SettingsElement } from '../base/settings-element.js';
import type { InvitationSection } from './invitation-section.js';

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
  /** Few pages show an invitation: those with all widgets need not carry it. */
  readonly #invitation = new Lazy(async () => new (await import('./invitation-section.js')).InvitationSection(this));
  #failure: SettingsError | undefined;
  #shown: InvitationSection | undefined;
  #used: unknown;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const { part } = this.#invitation;
    if (!changed.has('token') && this.#used === this.client && this.#shown === part) return;
    this.#used = this.client;
    this.#shown = part;
    part?.use(this.token ?? '');
  }

  /** The link works without a session. */
  protected override renderState(): unknown {
    if (!this.client) return super.renderState();
    if (this.#failure) return this.loadError(this.common('invitation'), this.#failure, () => void this.#load());
    return this.#shown?.render() ?? html`<div class="card empty" part="card">${skeleton()}${skeleton()}</div>`;
  }

  async #load(): Promise<void> {
    try {
      await this.#invitation.get();
      this.#failure = undefined;
    } catch (thrown) {
      this.#failure = SettingsError.from(thrown, this.localName);
    }
    this.requestUpdate();
  }
}
