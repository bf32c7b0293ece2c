import { html, nothing } from 'lit';
import { Action } from '../../client/index.js';
import { cleanEmail } from '../../contract/text.js';
import { deleteAccount } from '../../locales/en/delete-account.js';
import { announcer } from '../../ui/announcer.js';
import { lock } from '../../ui/icons.js';
import { address, button, notice, section } from '../../ui/templates.js';
import { Section } from '../base/section.js';
import { TypedConfirmation } from '../base/typed-confirmation.js';

/** "Delete account": says before the click what stands against it, asks for the address, ends signed out. */
export class DeleteAccountSection extends Section {
  readonly #t = this.host.locale.texts('deleteAccount', deleteAccount);
  readonly #delete = new Action('account.delete');
  readonly #confirmation = new TypedConfirmation(this.host, {
    id: 'delete-account',
    matches: (typed) => cleanEmail(typed).toLowerCase() === this.#email.toLowerCase(),
    words: () => {
      const t = this.#t;
      const email = this.#email;
      return {
        title: t.rich('question', { email: address(email) }),
        body: `${t('goes')} ${t('warning')}`,
        confirm: t('confirm'),
        missing: t('missing', { email }),
        mismatch: t('mismatch', { email }),
        keep: t('keep'),
        proceed: t('proceed'),
        notYet: t('notYet'),
        ready: t('ready'),
      };
    },
    field: { inputmode: 'email', ltr: true },
    edited: () => {
      this.#delete.reset();
    },
    save: (confirmation) => this.#send(confirmation),
    // Somebody gave up their share of an organisation meanwhile; the context, read anew, names it behind the dialog.
    refusal: ({ kind }) => (kind === 'conflict' ? this.#t('blockedBody') : undefined),
  });

  get #email(): string {
    return this.host.auth.data?.user.email ?? '';
  }

  /** The organisations that would be left without an owner. */
  get #owned(): string[] {
    return (this.host.auth.data?.organisations ?? []).filter(({ onlyOwner }) => onlyOwner).map(({ name }) => name);
  }

  override reset(): void {
    this.#confirmation.close();
  }

  override render(): unknown {
    const t = this.#t;
    const owned = this.#owned;
    return section({
      id: 'delete-account',
      level: this.host.headingLevel,
      title: t('title'),
      description: t('body'),
      content: html`<div class="card" part="card"><div class="card-body">
        <p>${t('goes')}</p>
        ${owned.length > 0
          ? notice({ icon: lock, title: t.rich('blockedTitle', { count: owned.length, names: html`<bdi>${this.#names(owned)}</bdi>` }), body: t('blockedBody') })
          : html`<div>${button({ id: 'delete-account-open', label: t('open'), look: 'danger', press: () => { this.#confirmation.open(); } })}</div>`}
      </div></div>`,
    });
  }

  override renderDialogs(): unknown {
    return this.#email === '' ? nothing : this.#confirmation.render();
  }

  #names(names: readonly string[]): string {
    return new Intl.ListFormat(this.host.locale.tag).format(names);
  }

  async #send(confirmation: string): Promise<void> {
    const { host } = this;
    const done = this.#t('deleted');
    try {
      await host.act(this.#delete, { confirmation });
    } catch (thrown) {
      host.auth.reload();
      throw thrown;
    }
    // What was said to this person is not for the next one.
    announcer().clearToasts?.();
    host.emit('uf-sign-out', null);
    host.toast(done);
  }
}
