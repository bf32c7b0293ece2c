import { html, nothing } from 'lit';
import { SettingsError } from '../../contract/index.js';
import { account } from '../../locales/en/account.js';
import { signOut } from '../../ui/icons.js';
import { address, button, section, skeleton } from '../../ui/templates.js';
import { Section } from '../base/section.js';

/** "Sign out of my account": one press; the page forgets the person whatever the server answers. */
export class SignOutSection extends Section {
  readonly #t = this.host.locale.texts('account', account);
  override render(): unknown {
    const user = this.host.auth.data?.user;
    if (user && !this.host.can('auth.signOut')) return nothing;
    const t = this.#t;
    return section({
      id: 'sign-out',
      level: this.host.headingLevel,
      title: t('signOutTitle'),
      description: t('signOutBody'),
      content: html`<div class="card" part="card"><div class="card-body"><div class="row">
        <p>${user ? t.rich('signedInAs', { email: address(user.email) }) : skeleton()}</p>
        ${button({ label: t('signOut'), icon: signOut, disabled: !user, press: () => void this.#signOut() })}
      </div></div></div>`,
    });
  }

  /** The page forgets the person even when the server does not answer. */
  async #signOut(): Promise<void> {
    const { host } = this;
    const { client } = host;
    if (!client || !host.emit('uf-before-change', { operation: 'auth.signOut' }, true)) return;
    let failed = false;
    try {
      await client.signOut();
    } catch (thrown) {
      failed = true;
      host.report('auth.signOut', SettingsError.from(thrown, 'auth.signOut'));
    }
    host.emit('uf-sign-out', null);
    if (failed) host.toast(this.#t('signOutFailed'));
  }
}
