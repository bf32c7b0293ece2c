import { html, nothing } from 'lit';
import { Action } from '../../client/index.js';
import { cleanText } from '../../contract/text.js';
import { deleteOrganisation } from '../../locales/en/delete-organisation.js';
import { Section } from '../base/section.js';
import { TypedConfirmation } from '../base/typed-confirmation.js';

/** "Delete ...?": names what goes, and asks for the organisation's name. */
export class DeleteOrganisationDialog extends Section {
  readonly #t = this.host.locale.texts('deleteOrganisation', deleteOrganisation);
  readonly #delete = new Action('organisation.delete');
  readonly #confirmation = new TypedConfirmation(this.host, {
    id: 'delete-organisation',
    matches: (typed) => cleanText(typed) === this.#name,
    words: () => {
      const t = this.#t;
      const organisation = this.#name;
      return {
        title: t.rich('title', { organisation: html`<bdi>${organisation}</bdi>` }),
        body: `${t('goes')} ${t('warning')}`,
        confirm: t('confirm'),
        missing: t('missing', { organisation }),
        mismatch: t('mismatch', { organisation }),
        keep: t('keep'),
        proceed: t('proceed'),
        notYet: t('notYet'),
        ready: t('ready'),
      };
    },
    field: { spellcheck: false },
    edited: () => {
      this.#delete.reset();
    },
    save: (confirmation) => this.#send(confirmation),
  });

  get #name(): string {
    return this.host.auth.data?.organisation?.name ?? '';
  }

  open(): void {
    this.#delete.reset();
    this.#confirmation.open();
  }

  override reset(): void {
    this.#confirmation.close();
  }

  override render(): unknown {
    return nothing;
  }

  override renderDialogs(): unknown {
    return this.#name === '' ? nothing : this.#confirmation.render();
  }

  async #send(confirmation: string): Promise<void> {
    const done = this.#t('done', { organisation: this.#name });
    await this.host.act(this.#delete, { confirmation });
    this.#confirmation.close();
    this.host.toast(done);
  }
}
