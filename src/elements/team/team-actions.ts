import { html } from 'lit';
import type { TeamRow } from '../../contract/index.js';
import { teamActions } from '../../locales/en/team-actions.js';
import { address } from '../../ui/templates.js';
import { Actions } from '../base/actions.js';
import { Lazy } from '../base/lazy.js';
import { RowMenu, type RowMenuItem } from '../base/row-menu.js';
import { Section } from '../base/section.js';
import type { TeamSection } from './team-section.js';

/** What can be done to one row of the team: its menu, and what the menu leads to. */
export class TeamActions extends Section {
  readonly #list: TeamSection;
  readonly #t = this.host.locale.texts('teamActions', teamActions);
  readonly #menu = new RowMenu(this.host);
  readonly #resend = new Actions('team.resend');
  readonly #revoke = new Actions('team.revoke');
  readonly #remove = new Actions('team.remove');
  readonly #role = new Lazy(async () => new (await import('./role-dialog.js')).RoleDialog(this.#list));
  readonly #link = new Lazy(async () => new (await import('./link-dialog.js')).LinkDialog(this.host));

  constructor(list: TeamSection) {
    super(list.host);
    this.#list = list;
  }

  override render(): unknown {
    return undefined;
  }

  override renderDialogs(): unknown {
    return [this.#role, this.#link].map(({ part }) => part?.renderDialogs());
  }

  override conceal(): void {
    this.#menu.close();
    this.#link.part?.conceal();
  }

  override reset(): void {
    this.conceal();
    this.#role.part?.reset();
  }

  isOpen(row: TeamRow): boolean {
    return this.#menu.isOpen(this.#list.moreId(row));
  }

  toggle(row: TeamRow): void {
    this.#menu.toggle(this.#list.moreId(row));
  }

  isResending({ id }: TeamRow): boolean {
    return this.#resend.isBusy(id);
  }

  menu(row: TeamRow): unknown {
    const t = this.#t;
    const { can } = row;
    const { host } = this;
    const item = (label: string, work: () => Promise<unknown>, danger = false): RowMenuItem => ({ label, danger, work: () => void this.#list.begin(row.id, work) });
    const items = [
      can.changeRole && host.can('team.changeRole') && item(t('changeRole'), async () => { (await this.#role.get()).open(row); }),
      can.copyLink && host.can('team.link') && item(t('copyLink'), async () => { (await this.#link.get()).open(row); }),
      can.revoke && host.can('team.revoke') && item(t('revoke'), () => this.#revokeAfterAsking(row), true),
      can.remove && host.can('team.remove') && item(t('remove'), () => this.#removeAfterAsking(row), true),
    ].filter((one) => one !== false);
    return this.#menu.render(this.#list.moreId(row), row.email, items, row.lastOwner ? t('lastOwner') : undefined);
  }

  resend(row: TeamRow): Promise<void> {
    return this.#list.begin(row.id, async () => {
      await this.host.act(this.#resend.of(row.id), { id: row.id });
      this.host.toast(this.#t('sent', { email: row.email }));
    });
  }

  async #revokeAfterAsking(row: TeamRow): Promise<void> {
    const t = this.#t;
    const yes = await this.host.confirm(() => ({ title: t.rich('revokeTitle', { email: address(row.email) }), body: t('revokeBody'), keep: t('keepInvitation'), proceed: t('revokeNow'), destructive: true }));
    if (!yes) return;
    await this.host.act(this.#revoke.of(row.id), { id: row.id });
    this.host.toast(t('revoked', { email: row.email }));
    await this.host.focusOn('team-title');
  }

  async #removeAfterAsking(row: TeamRow): Promise<void> {
    const t = this.#t;
    const name = row.name ?? row.email;
    const organisation = html`<bdi>${this.host.auth.data?.organisation?.name ?? ''}</bdi>`;
    const yes = await this.host.confirm(() => ({ title: t.rich('removeTitle', { name: html`<bdi>${name}</bdi>`, organisation }), body: t('removeBody'), keep: t('keepMember'), proceed: t('removeNow'), destructive: true }));
    if (!yes) return;
    await this.host.act(this.#remove.of(row.id), { id: row.id }, { ifMatch: row.version });
    this.host.toast(t('removed', { name }));
    await this.host.focusOn('team-title');
  }
}
