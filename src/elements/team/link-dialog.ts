import { css, html, nothing } from 'lit';
import { Action } from '../../client/index.js';
import type { SettingsError, TeamRow } from '../../contract/index.js';
import { DialogController } from '../../lit/dialog-controller.js';
import { teamLink } from '../../locales/en/team-link.js';
import { copyText } from '../../ui/copy.js';
import { dialog, dialogStyles } from '../../ui/dialog.js';
import { warning } from '../../ui/list-icons.js';
import { monoToken } from '../../ui/part-tokens.js';
import { address, button, errorLine, notice } from '../../ui/templates.js';
import { Section } from '../base/section.js';
import type { SettingsElement } from '../base/settings-element.js';
import { errorText } from '../base/texts.js';

const styles = css`
  ${monoToken}
  .link-once { display: block; padding: calc(var(--_u) * 3); border-radius: var(--_r-control); background: var(--_sunken); font-family: var(--_mono); font-size: var(--_small); line-height: 1.25rem; overflow-wrap: anywhere; user-select: all; }
  @media (forced-colors: active) {
    .link-once { border: 1px solid CanvasText; }
  }
`;

/**
 * "Copy the link for ...": asks, makes the link, and puts it on the clipboard unseen. Where the browser refuses that, the link is shown and
 * selected, for as long as the dialog is open: it is a secret.
 */
export class LinkDialog extends Section {
  readonly #t = this.host.locale.texts('teamLink', teamLink);
  readonly #make = new Action('team.link');
  #row: TeamRow | undefined;
  #url: string | undefined;
  #error: SettingsError | undefined;
  readonly #dialog = new DialogController(this.host, 'team-link', () => {
    this.#row = undefined;
    this.#url = undefined;
  });

  constructor(host: SettingsElement) {
    super(host);
    host.wear(dialogStyles);
    host.wear(styles);
  }

  open(row: TeamRow): void {
    this.#row = row;
    this.#url = undefined;
    this.#error = undefined;
    this.#make.reset();
    this.#dialog.show();
  }

  override conceal(): void {
    this.#dialog.close();
  }

  override reset(): void {
    this.conceal();
  }

  override render(): unknown {
    return nothing;
  }

  override renderDialogs(): unknown {
    const row = this.#row;
    if (!this.#dialog.isOpen || !row) return nothing;
    const t = this.#t;
    const { common } = this.host;
    const { id, close, closed } = this.#dialog;
    const url = this.#url;
    return dialog({
      id,
      title: t.rich('title', { email: address(row.email) }),
      closeLabel: common('close'),
      close,
      closed,
      content: html`<div class="dialog-body">
          ${url !== undefined
            ? html`${notice({ tone: 'warning', icon: warning, title: t('byHandTitle'), body: t('byHand') })}<bdi id="team-link-once" class="link-once" dir="ltr" role="group" aria-label=${t('link')} tabindex="0">${url}</bdi>`
            : html`<p>${t.rich('body', { email: address(row.email) })}</p>`}
          ${this.#error ? errorLine(this.#error.kind === 'conflict' ? t('notOpen') : errorText(common, this.#error)) : nothing}
        </div>
        <div class="dialog-foot">
          ${url === undefined ? button({ label: common('cancel'), look: 'quiet', press: close }) : button({ label: common('close'), context: t('link'), look: 'quiet', press: close })}
          ${url !== undefined
            ? button({ label: t('copyAgain'), look: 'primary', press: () => void this.#copy(row, url) })
            : button({ label: t('copy'), look: 'primary', busy: this.#make.busy, autofocus: true, press: () => void this.#makeAndCopy(row) })}
        </div>`,
    });
  }

  async #makeAndCopy(row: TeamRow): Promise<void> {
    this.#error = undefined;
    try {
      const { url } = await this.host.act(this.#make, { id: row.id });
      // Closed meanwhile: nobody waits for the link, and it is not kept.
      if (this.#row === row) await this.#copy(row, url);
    } catch (thrown) {
      this.#error = this.host.failure(thrown);
    }
    this.host.requestUpdate();
  }

  /** Straight from the answer to the clipboard; where the browser refuses, the link is drawn, and selected. */
  async #copy(row: TeamRow, url: string): Promise<void> {
    const find = (id: string): Element | null => this.host.renderRoot.querySelector(`#${id}`);
    const source = find('team-link-once') ?? find('team-link');
    if (source && (await copyText(url, source))) {
      this.#dialog.close();
      this.host.toast(this.#t('copied', { email: row.email }));
      return;
    }
    this.#url = url;
    this.host.requestUpdate();
    await this.host.focusOn('team-link-once');
    const shown = find('team-link-once');
    if (shown) getSelection()?.selectAllChildren(shown);
    this.host.announce(this.#t('byHandTitle'));
  }
}
