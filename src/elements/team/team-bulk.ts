import { css, html, nothing } from 'lit';
import { Action } from '../../client/index.js';
import { SettingsError, type TeamRow } from '../../contract/index.js';
import { DialogController } from '../../lit/dialog-controller.js';
import { armBeforeUnload } from '../../lit/unsaved.js';
import { roles as roleTexts } from '../../locales/en/roles.js';
import { teamBulk } from '../../locales/en/team-bulk.js';
import { choices, choiceStyles } from '../../ui/choices.js';
import { dialog, dialogStyles } from '../../ui/dialog.js';
import { address, button } from '../../ui/templates.js';
import { BulkRun, type BulkCall } from '../base/bulk-run.js';
import { BulkView } from '../base/bulk-view.js';
import { Section } from '../base/section.js';
import type { SettingsElement } from '../base/settings-element.js';
import { leastRole, roleName, roleOptions } from './roles.js';
import type { BulkAction } from './team-selection.js';

const styles = css`
  #team-bulk { inline-size: min(36rem, 100vi - var(--_u) * 8); }
  .concerned { display: block; margin-block-end: calc(var(--_u) * 2); color: var(--_text); font-weight: 500; }
  .left { display: block; margin-block-start: calc(var(--_u) * 2); }
`;

/** Rows that the question names; of more one sees how many there are. */
const NAMED = 5;

/** One thing done with many rows: the question, how far it is, and what became of each. */
export class TeamBulk extends Section {
  readonly #t = this.host.locale.texts('teamBulk', teamBulk);
  readonly #roles = this.host.locale.texts('roles', roleTexts);
  readonly #done: (rows: readonly TeamRow[]) => void;
  readonly #dialog = new DialogController(this.host, 'team-bulk', () => { this.#forget(); });
  #action: BulkAction = 'resend';
  #rows: readonly TeamRow[] = [];
  #left: readonly TeamRow[] = [];
  #role = '';
  #run: BulkRun<TeamRow> | undefined;
  #view: BulkView<TeamRow> | undefined;

  /** @param done with the rows with which it went well */
  constructor(host: SettingsElement, done: (rows: readonly TeamRow[]) => void) {
    super(host);
    this.#done = done;
    for (const sheet of [dialogStyles, choiceStyles, styles]) host.wear(sheet);
    host.addController({ hostUpdated: () => { armBeforeUnload(this, this.#running); } });
  }

  /** @param left what else is selected, with which it cannot be done */
  ask(action: BulkAction, rows: readonly TeamRow[], left: readonly TeamRow[]): void {
    this.#action = action;
    this.#rows = rows;
    this.#left = left;
    this.#role = leastRole(this.#rolesHere);
    this.#dialog.show();
  }

  /** Another organisation has no use for it. */
  get ofOrganisation(): object | undefined {
    return this.host.client;
  }

  override reset(): void {
    this.#dialog.close();
  }

  override render(): unknown {
    return nothing;
  }

  override renderDialogs(): unknown {
    if (!this.#dialog.isOpen) return nothing;
    const count = this.#rows.length;
    return dialog({
      id: this.#dialog.id,
      title: this.#view?.title ?? this.#t(`${this.#action}Title`, { count }),
      closeLabel: this.host.common('close'),
      alert: !this.#view,
      close: this.#close,
      closed: this.#closed,
      escape: this.#keep,
      content: this.#view?.render() ?? this.#question(count),
    });
  }

  /** Those that members as well as open invitations may have, so that one answer fits all. */
  get #rolesHere(): readonly string[] {
    const policy = this.host.auth.data?.policy;
    const invited = policy?.invitations.roles ?? [];
    return invited.filter((role) => policy?.memberRoles?.includes(role) ?? true);
  }

  #question(count: number): unknown {
    const t = this.#t;
    const action = this.#action;
    const destructive = action === 'revoke' || action === 'remove';
    return html`<div class="dialog-body">
        <p id="team-bulk-body"><span class="concerned">${this.#concerned()}</span>${t(`${action}Body`)}${this.#leftAlone().map((why) => html` <span class="left">${why}</span>`)}</p>
        ${action === 'changeRole'
          ? html`<div @change=${this.#chosen}>${choices({ id: 'team-bulk-role', name: 'role', legend: t('role'), value: this.#role, options: roleOptions(this.#roles, this.#rolesHere), autofocus: true })}</div>`
          : nothing}
      </div>
      <div class="dialog-foot">
        ${button({ label: t('keep'), look: destructive ? '' : 'quiet', autofocus: destructive, press: this.#close })}
        ${button({ label: t(`${action}Submit`, { count }), look: destructive ? 'destructive' : 'primary', autofocus: action === 'resend', press: () => void this.#start() })}
      </div>`;
  }

  /** Whom it is about, by name. */
  #concerned(): unknown {
    const more = this.#rows.length - NAMED;
    return html`${this.#rows.slice(0, NAMED).map(({ name, email }, index) => html`${index > 0 ? ', ' : nothing}${name === null ? address(email) : html`<bdi>${name}</bdi>`}`)}${more > 0 ? ` ${this.#t('more', { count: more })}` : nothing} `;
  }

  /** Why the rest of what is selected stays as it is. */
  #leftAlone(): string[] {
    const reasons = this.#left.map(({ type, status }) => {
      if (type === 'invitation') return this.#action === 'remove' ? 'leftInvitations' : status !== 'pending' && this.#action === 'changeRole' ? 'leftEnded' : 'leftOthers';
      return this.#action === 'resend' || this.#action === 'revoke' ? 'leftMembers' : 'leftOthers';
    });
    return [...new Set(reasons)].map((why) => this.#t(why, { count: reasons.filter((reason) => reason === why).length }));
  }

  get #running(): boolean {
    return this.#run !== undefined && this.#run.state !== 'over';
  }

  readonly #chosen = ({ target }: Event): void => {
    if (target instanceof HTMLInputElement) this.#role = target.value;
  };

  async #start(): Promise<void> {
    const t = this.#t;
    const roles = this.#roles;
    const action = this.#action;
    const run = new BulkRun<TeamRow>({
      items: this.#rows,
      slice: 1,
      call: ([row]) => this.#callFor(row),
      changed: () => { this.#view?.changed(); },
    });
    this.#run = run;
    this.#view = new BulkView(this.host, {
      id: 'team-bulk',
      run,
      get label() { return t(`${action}Working`); },
      get what() { return t('who'); },
      show: ({ name, email }) => html`${address(email)}${name ? html` <span class="muted"><bdi>${name}</bdi></span>` : nothing}`,
      outcome: (outcome) => {
        if (outcome === 'failed') return { tone: 'bad', one: t('failed'), many: (count) => t('failedMany', { count }) };
        if (outcome === 'same' || outcome === 'gone') return { tone: 'warn', one: t(`${outcome}One`), many: (count) => t(`${outcome}Many`, { count }) };
        return { tone: 'ok', one: t(`${action}One`), many: (count) => t(`${action}Many`, { count }) };
      },
      file: {
        get name() { return t('fileName'); },
        get headings() { return [t('name'), t('email'), roles('role')]; },
        cells: ({ name, email, role }) => [name ?? '', email, roleName(roles, role)],
      },
      done: this.#close,
    });
    await this.#view.run();
  }

  /** A second try carries the same key: what was done and not answered is not done again. */
  #callFor(row: TeamRow | undefined): BulkCall {
    const act = this.#actionFor(row);
    let ifMatch = row?.version;
    const same = this.#action === 'changeRole' && row?.role === this.#role;
    return async () => {
      try {
        await act(ifMatch);
      } catch (thrown) {
        if (SettingsError.is(thrown) && thrown.kind === 'not-found') return ['gone'];
        // Changed meanwhile, which is said: who tries again means it as it is now.
        if (SettingsError.is(thrown) && thrown.kind === 'stale') ifMatch = undefined;
        throw thrown;
      }
      // As it was when it was selected: nothing was changed, and nothing sent.
      return [same && ifMatch !== undefined ? 'same' : 'done'];
    };
  }

  #actionFor(row: TeamRow | undefined): (ifMatch: string | undefined) => Promise<unknown> {
    const { host } = this;
    if (!row) return () => Promise.resolve();
    const { id } = row;
    const role = this.#role;
    switch (this.#action) {
      case 'resend': {
        const action = new Action('team.resend');
        return () => host.act(action, { id });
      }
      case 'revoke': {
        const action = new Action('team.revoke');
        return () => host.act(action, { id });
      }
      case 'changeRole': {
        const action = new Action('team.changeRole');
        return (ifMatch) => host.act(action, { id, role }, { ifMatch });
      }
      case 'remove': {
        const action = new Action('team.remove');
        return (ifMatch) => host.act(action, { id }, { ifMatch });
      }
    }
  }

  /** Esc, the cross and "Done": what is under way is stopped first. */
  readonly #close = (): void => {
    const run = this.#run;
    if (run && run.state !== 'over') {
      run.stop();
      return;
    }
    const done = this.#rows.filter((row) => ['done', 'same', 'gone'].includes(run?.outcomeOf(row) ?? ''));
    this.#dialog.close();
    if (done.length > 0) this.#done(done);
  };

  readonly #closed = (): void => {
    if (this.#running) this.host.requestUpdate();
    else this.#dialog.closed();
  };

  /** Browsers close a dialog at the second Esc whatever its `cancel` says, unless the key itself was taken. */
  readonly #keep = (event: KeyboardEvent): void => {
    event.preventDefault();
    this.#close();
  };

  #forget(): void {
    armBeforeUnload(this, false);
    this.#run?.stop();
    this.#run = undefined;
    this.#view = undefined;
    this.#rows = this.#left = [];
  }
}

