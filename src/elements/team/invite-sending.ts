import { html, nothing } from 'lit';
import { Action } from '../../client/index.js';
import { inviteResults } from '../../locales/en/invite-results.js';
import { roles as roleTexts } from '../../locales/en/roles.js';
import { address } from '../../ui/templates.js';
import { BulkRun } from '../base/bulk-run.js';
import { BulkView, type OutcomeWords } from '../base/bulk-view.js';
import type { SettingsElement } from '../base/settings-element.js';
import type { ListedInvitee } from './address-list.js';
import { roleName } from './roles.js';

/** Invitations of one call: fewer than the contract's 500, so that one sees it move, can stop it soon, and no body is too large for a server. */
const SLICE = 100;

/** Sends invitations to many, in several calls, and shows what became of each. */
export class InviteSending {
  readonly #host: SettingsElement;
  readonly #done: () => void;
  readonly #t;
  readonly #roles;
  #run: BulkRun<ListedInvitee> | undefined;
  #view: BulkView<ListedInvitee> | undefined;

  constructor(host: SettingsElement, done: () => void) {
    this.#host = host;
    this.#done = done;
    this.#t = host.locale.texts('inviteResults', inviteResults);
    this.#roles = host.locale.texts('roles', roleTexts);
  }

  /** @param role of those who have none of their own */
  async start(invitees: readonly ListedInvitee[], role: string): Promise<void> {
    const t = this.#t;
    const host = this.#host;
    const roleOf = (invitee: ListedInvitee): string => invitee.role ?? role;
    const run = new BulkRun<ListedInvitee>({
      items: invitees,
      slice: SLICE,
      changed: () => { this.#view?.changed(); },
      call: (some) => {
        const action = new Action('team.invite');
        const invitations = some.map((invitee) => ({ email: invitee.email, role: roleOf(invitee) }));
        return async () => (await host.act(action, { invitations })).results.map(({ outcome }) => outcome);
      },
    });
    this.#run = run;
    this.#view = new BulkView(host, {
      id: 'team-sending',
      run,
      get label() { return t('sending'); },
      get what() { return t('email'); },
      show: ({ email, name }) => html`${address(email)}${name ? html` <span class="muted"><bdi>${name}</bdi></span>` : nothing}`,
      outcome: (outcome) => this.#words(outcome),
      file: {
        get name() { return t('fileName'); },
        get headings() { return [t('email'), t('name'), t('role')]; },
        cells: (invitee) => [invitee.email, invitee.name, roleName(this.#roles, roleOf(invitee))],
      },
      done: this.#done,
    });
    await this.#view.run();
  }

  /** For the dialog that it stands in. */
  get title(): string {
    return this.#view?.title ?? '';
  }

  render(): unknown {
    return this.#view?.render();
  }

  /** How many are not invited although they were to be. */
  get left(): number {
    return this.#run?.left ?? 0;
  }

  /** @returns whether something was under way */
  stop(): boolean {
    if (this.#run?.state === 'over') return false;
    this.#run?.stop();
    return this.#run !== undefined;
  }

  forget(): void {
    this.stop();
    this.#run = undefined;
    this.#view = undefined;
  }

  #words(outcome: string): OutcomeWords {
    const t = this.#t;
    switch (outcome) {
      case 'sent': return { tone: 'ok', one: t('sent'), many: (count) => t('sentMany', { count }) };
      case 'already-member': return { tone: 'warn', one: t('member'), many: (count) => t('memberMany', { count }) };
      case 'already-invited': return { tone: 'warn', one: t('invited'), many: (count) => t('invitedMany', { count }) };
      case 'invalid': return { tone: 'bad', one: t('invalid'), many: (count) => t('invalidMany', { count }) };
      default: return { tone: 'bad', one: t('failed'), many: (count) => t('failedMany', { count }) };
    }
  }
}
