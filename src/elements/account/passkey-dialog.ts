import { html, nothing } from 'lit';
import { Action } from '../../client/index.js';
import { SettingsError, type Passkey, type Registration } from '../../contract/index.js';
import { name as nameSchema, problemOf } from '../../contract/schema.js';
import { DialogController } from '../../lit/dialog-controller.js';
import { FormController } from '../../lit/form-controller.js';
import { passkeyDialog } from '../../locales/en/passkey-dialog.js';
import { dialog, dialogStyles } from '../../ui/dialog.js';
import { button, errorLine, field } from '../../ui/templates.js';
import { deviceWords } from '../base/device.js';
import { makePasskey } from '../base/passkey-ceremony.js';
import { Section } from '../base/section.js';
import type { SettingsElement } from '../base/settings-element.js';
import { errorText } from '../base/texts.js';

/** Why no passkey was added, where the general sentences would not help. */
type Hitch = 'gaveUp' | 'already' | 'tooMany' | 'over' | 'refused' | 'unsupported';

/** "Add a passkey" and "Rename passkey": its name, and the browser's part between. */
export class PasskeyDialog extends Section {
  readonly #t = this.host.locale.texts('passkeyDialog', passkeyDialog);
  readonly #begin = new Action('passkeys.begin');
  readonly #finish = new Action('passkeys.finish');
  readonly #rename = new Action('passkeys.rename');
  /** The passkey to rename; nothing: a new one is added. */
  #passkey: Passkey | undefined;
  #name = '';
  #asking: AbortController | undefined;
  /** What the browser made and the backend has not answered for yet: sent again as it is, not made a second time. */
  #made: Registration | undefined;
  #hitch: Hitch | undefined;
  readonly #dialog = new DialogController(this.host, 'passkey', () => {
    this.#asking?.abort();
    this.#made = undefined;
    this.#hitch = undefined;
    this.#form.discard();
  });
  readonly #form = new FormController(this.host, {
    id: 'passkey',
    saved: () => ({ name: this.#name }),
    always: true,
    check: ({ name }) => problemOf(nameSchema, 'name', name),
    edited: () => {
      this.#finish.reset();
      this.#rename.reset();
    },
    save: ({ name }) => (this.#passkey ? this.#renameTo(this.#passkey, name) : this.#add(name)),
    settled: (status, error) => {
      if (this.#hitch) this.host.announce(this.#t(this.#hitch));
      else this.host.sayStatus(status, error);
    },
  });

  constructor(host: SettingsElement) {
    super(host);
    host.wear(dialogStyles);
  }

  /** @param taken names of the passkeys that there are */
  add(taken: readonly string[]): void {
    const device = deviceWords(this.host)(navigator.userAgent);
    let name = device;
    for (let count = 2; taken.includes(name); count++) name = `${device} ${this.host.locale.number(count)}`;
    this.#show(undefined, name);
  }

  rename(passkey: Passkey): void {
    this.#show(passkey, passkey.name);
  }

  override reset(): void {
    this.#dialog.close();
  }

  override render(): unknown {
    return nothing;
  }

  override renderDialogs(): unknown {
    if (!this.#dialog.isOpen) return nothing;
    const t = this.#t;
    const { common } = this.host;
    const { busy, error, problems, values } = this.#form;
    const { id, close, closed } = this.#dialog;
    const adding = this.#passkey === undefined;
    return dialog({
      id,
      title: t(adding ? 'addTitle' : 'renameTitle'),
      closeLabel: common('close'),
      close,
      closed,
      content: html`<form novalidate @submit=${this.#form.submit} @input=${this.#form.input}>
        <div class="dialog-body">
          ${adding ? html`<p>${t('addBody')}</p>` : nothing}
          ${field({
            id: this.#form.fieldId('name'),
            name: 'name',
            label: t('name'),
            value: values?.name ?? '',
            error: problems.name && (problems.name === 'too-long' ? common('tooLong', { count: 200 }) : t('nameMissing')),
            hint: t('nameHint'),
            autocomplete: 'off',
            autofocus: true,
          })}
          ${this.#hitch === 'gaveUp'
            ? html`<p class="small">${t('gaveUp')}</p>`
            : this.#hitch
              ? errorLine(t(this.#hitch))
              : error && error.kind !== 'aborted' && !problems.name
                ? errorLine(errorText(common, error, true))
                : nothing}
        </div>
        <div class="dialog-foot">
          ${button({ label: common('cancel'), look: 'quiet', press: close })}
          ${button({ label: t(adding ? 'add' : 'rename'), look: 'primary', submit: true, busy, press: this.#form.press })}
        </div>
      </form>`,
    });
  }

  #show(passkey: Passkey | undefined, name: string): void {
    this.#passkey = passkey;
    this.#name = name;
    this.#finish.reset();
    this.#rename.reset();
    this.#form.discard();
    this.#dialog.show();
  }

  async #renameTo({ id }: Passkey, name: string): Promise<void> {
    await this.host.act(this.#rename, { id, name });
    this.#done('renamed');
  }

  async #add(name: string): Promise<void> {
    this.#hitch = undefined;
    const asking = (this.#asking = new AbortController());
    const credential = (this.#made ??= await this.#make(asking.signal));
    try {
      await this.host.act(this.#finish, { name, credential }, { signal: asking.signal });
    } catch (thrown) {
      const { kind, fields } = SettingsError.from(thrown, this.#finish.operation);
      if (kind === 'not-found') this.#stumble('over');
      if (kind === 'conflict') this.#stumble('already');
      if (kind === 'invalid' && fields?.['credential']) this.#stumble('refused');
      throw thrown;
    }
    this.#done('added');
  }

  async #make(signal: AbortSignal): Promise<Registration> {
    const options = await this.host.act(this.#begin, undefined, { signal }).catch((thrown: unknown) => {
      if (SettingsError.is(thrown) && thrown.kind === 'conflict') this.#stumble('tooMany');
      throw thrown;
    });
    try {
      return await makePasskey(options, signal);
    } catch (thrown) {
      const { kind } = SettingsError.from(thrown, this.#begin.operation);
      if (!signal.aborted) this.#stumble(kind === 'aborted' ? 'gaveUp' : kind === 'conflict' ? 'already' : 'unsupported');
      throw thrown;
    }
  }

  #stumble(hitch: Hitch): void {
    this.#made = undefined;
    this.#hitch = hitch;
  }

  #done(what: 'added' | 'renamed'): void {
    this.#dialog.close();
    this.host.toast(this.#t(what));
  }
}
