import { html, nothing } from 'lit';
import { Action, Resource } from '../../client/index.js';
import type { Invitation, SettingsError } from '../../contract/index.js';
import { ResourceController } from '../../lit/resource-controller.js';
import { invitation } from '../../locales/en/invitation.js';
import { circleCheck, icon } from '../../ui/icons.js';
import { circleCross, clock, mail } from '../../ui/list-icons.js';
import { address, button, empty, errorLine, heading, skeleton } from '../../ui/templates.js';
import { attempt } from '../base/attempt.js';
import { Section } from '../base/section.js';
import type { SettingsElement } from '../base/settings-element.js';
import { errorText } from '../base/texts.js';

/** One invitation as its invitee sees it. */
export class InvitationSection extends Section {
  readonly #t = this.host.locale.texts('invitation', invitation);
  readonly #accept = new Action('invitation.accept');
  readonly #decline = new Action('invitation.decline');
  #token = '';
  #resource: Resource<Invitation> | undefined;
  #error: SettingsError | undefined;
  readonly #invitation: ResourceController<Invitation>;

  constructor(host: SettingsElement) {
    super(host);
    this.#invitation = new ResourceController(host, () => this.#resource, host.failedRead('invitation.get'));
  }

  /** The token stays out of the shared reads, whose keys are their questions. */
  use(token: string): void {
    const { client } = this.host;
    this.#token = token;
    this.#resource = client && token ? new Resource((signal) => client.read('invitation.get', { token }, signal)) : undefined;
    this.#error = undefined;
  }

  override render(): unknown {
    const { data, error, loading } = this.#invitation.state;
    if (error?.kind === 'not-found' || !this.#token) return empty({ id: 'state', icon: circleCross, title: this.#t('goneTitle'), body: this.#t('goneBody') });
    if (error && !data) return this.host.loadError(this.host.common('invitation'), error, () => { this.#invitation.reload(); }, loading);
    return this.#card(data);
  }

  #card(data: Invitation | undefined): unknown {
    const t = this.#t;
    const organisation = html`<bdi>${data?.organisationName}</bdi>`;
    switch (data?.status) {
      case 'accepted': return empty({ id: 'state', icon: circleCheck, title: t.rich('acceptedTitle', { organisation }), body: t('acceptedBody') });
      case 'declined': return empty({ id: 'state', icon: circleCross, title: t('declinedTitle'), body: t.rich('declinedBody', { organisation }) });
      case 'expired': return empty({ id: 'state', icon: clock, title: t('expiredTitle'), body: t('expiredBody') });
      default: return html`<div class="card empty" part="card">
        ${icon(mail, true)}
        ${heading(this.host.headingLevel, 'invitation-title', 'h2', data ? t.rich('title', { organisation }) : t('titlePlain'))}
        <p>${data ? this.#words(data) : skeleton()}</p>
        ${data ? html`<p class="small">${t.rich('until', { date: html`<bdi>${this.host.locale.date(data.expiresAt)}</bdi>` })}</p>${this.#way(data)}` : nothing}
      </div>`;
    }
  }

  #words(data: Invitation): unknown {
    const organisation = html`<bdi>${data.organisationName}</bdi>`;
    const email = address(data.email);
    return data.invitedBy === null
      ? this.#t.rich('bodyPlain', { organisation, email })
      : this.#t.rich('body', { name: html`<bdi>${data.invitedBy}</bdi>`, organisation, email });
  }

  /** Accept needs the invited person; decline only the link. */
  #way(data: Invitation): unknown {
    const t = this.#t;
    const current = this.host.auth.data?.user.email;
    const isInvitee = current?.toLowerCase() === data.email.toLowerCase();
    const email = address(data.email);
    return html`
      ${isInvitee ? nothing : html`<div class="sign-in" id="invitation-sign-in">
        <p>${current === undefined ? t.rich('signIn', { email }) : t.rich('otherPerson', { current: address(current), email })}</p>
        <slot name="signed-out"></slot>
      </div>`}
      <div class="ways">
        ${isInvitee ? button({ label: t('accept'), look: 'primary', busy: this.#accept.busy, press: () => void this.#answer(this.#accept) }) : nothing}
        ${button({ label: t('decline'), look: 'quiet', busy: this.#decline.busy, press: () => void this.#answer(this.#decline) })}
      </div>
      ${this.#error ? errorLine(errorText(this.host.common, this.#error)) : nothing}`;
  }

  async #answer(action: Action<'invitation.accept'> | Action<'invitation.decline'>): Promise<void> {
    const done = action === this.#accept ? this.#t('acceptedTitle', { organisation: this.#invitation.data?.organisationName ?? '' }) : this.#t('declinedTitle');
    const input = { token: this.#token };
    this.#error = action === this.#accept ? await attempt(this.host, this.#accept, input, `${done}.`) : await attempt(this.host, this.#decline, input, `${done}.`);
    // One that is gone (revoked, sent again) cannot be answered by trying again: the card says what became of it.
    if (!this.#error || this.#error.kind === 'not-found') this.#invitation.reload();
    this.host.requestUpdate();
  }
}
