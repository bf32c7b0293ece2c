import { html, nothing } from 'lit';
import { Action } from '../../client/index.js';
import type { SettingsError, TeamRow } from '../../contract/index.js';
import { teamRow } from '../../contract/team.js';
import { DialogController } from '../../lit/dialog-controller.js';
import { FormController } from '../../lit/form-controller.js';
import { roles } from '../../locales/en/roles.js';
import { teamRole } from '../../locales/en/team-role.js';
import { choices, choiceStyles } from '../../ui/choices.js';
import { dialog, dialogStyles } from '../../ui/dialog.js';
import { circleInfo } from '../../ui/icons.js';
import { address, button, errorLine, status } from '../../ui/templates.js';
import { currentOf } from '../base/current.js';
import { Section } from '../base/section.js';
import { errorText } from '../base/texts.js';
import { roleName, roleOptions } from './roles.js';
import type { TeamSection } from './team-section.js';

/** "Change the role of ...": of a member, or of an invitation that is still open, with what each role means. */
export class RoleDialog extends Section {
  readonly #t = this.host.locale.texts('teamRole', teamRole);
  readonly #words = this.host.locale.texts('roles', roles);
  readonly #change = new Action('team.changeRole');
  #row: TeamRow | undefined;
  readonly #dialog = new DialogController(this.host, 'team-role', () => {
    this.#form.discard();
    this.#row = undefined;
  });
  readonly #form: FormController<{ role: string }> = new FormController<{ role: string }>(this.host, {
    id: 'team-role',
    saved: () => this.#row && { role: this.#row.role },
    check: () => ({}),
    edited: () => {
      this.#change.reset();
    },
    save: ({ role }) => this.#save(role),
    settled: this.host.sayStatus,
  });

  constructor(list: TeamSection) {
    super(list.host);
    this.host.wear(dialogStyles);
    this.host.wear(choiceStyles);
  }

  open(row: TeamRow): void {
    this.#row = row;
    this.#change.reset();
    this.#form.discard();
    this.#dialog.show();
  }

  override reset(): void {
    this.#dialog.close();
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
    const form = this.#form;
    const { error, busy, values } = form;
    return dialog({
      id,
      title: t.rich('title', { name: row.name === null ? address(row.email) : html`<bdi>${row.name}</bdi>` }),
      closeLabel: common('close'),
      close,
      closed,
      content: html`<form novalidate @submit=${form.submit} @input=${form.input}>
        <div class="dialog-body">
          <p>${t(row.type === 'invitation' ? 'bodyInvitation' : row.self ? 'bodySelf' : 'bodyMember')}</p>
          ${choices({
            id: form.fieldId('role'),
            name: 'role',
            legend: t('legend'),
            value: values?.role ?? row.role,
            options: roleOptions(this.#words, this.#roles(row)),
            autofocus: true,
          })}
          ${values?.role === 'owner' && row.role !== 'owner' ? status('', circleInfo, t('ownerProof')) : nothing}
          ${error && error.kind !== 'aborted' ? errorLine(this.#problem(error, row)) : form.status === 'unchanged' ? status('', circleInfo, common('unchanged')) : nothing}
        </div>
        <div class="dialog-foot">
          ${button({ label: common('cancel'), look: 'quiet', press: close })}
          ${button({ label: t('submit'), look: 'primary', submit: true, busy, press: form.press })}
        </div>
      </form>`,
    });
  }

  /** What this person may give; the role as it is stands among them in any case. */
  #roles({ type, role }: TeamRow): readonly string[] {
    const policy = this.host.auth.data?.policy;
    const invitable = policy?.invitations.roles ?? [];
    const given = policy?.memberRoles ?? invitable;
    const names = type === 'invitation' ? given.filter((one) => invitable.includes(one)) : given;
    return names.includes(role) ? names : [...names, role];
  }

  #problem(error: SettingsError, row: TeamRow): string {
    if (error.kind === 'stale') return this.#t('stale', { role: roleName(this.#words, row.role) });
    if (error.kind === 'conflict' && row.role === 'owner') return this.#t('lastOwner');
    return errorText(this.host.common, error, true);
  }

  async #save(role: string): Promise<void> {
    const row = this.#row;
    if (!row) return;
    try {
      await this.host.act(this.#change, { id: row.id, role }, { ifMatch: row.version });
    } catch (thrown) {
      this.#row = currentOf(teamRow, thrown, row);
      throw thrown;
    }
    this.#dialog.close();
    const name = roleName(this.#words, role);
    this.host.toast(row.type === 'invitation' ? this.#t('changedInvitation', { email: row.email, role: name }) : this.#t('changed', { name: row.name ?? row.email, role: name }));
  }
}
