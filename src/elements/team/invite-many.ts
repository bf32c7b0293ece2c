import { css, html, nothing } from 'lit';
import type { SettingsError } from '../../contract/index.js';
import { DialogController } from '../../lit/dialog-controller.js';
import { armBeforeUnload } from '../../lit/unsaved.js';
import { inviteMany } from '../../locales/en/invite-many.js';
import { roles as roleTexts } from '../../locales/en/roles.js';
import { dialog, dialogStyles } from '../../ui/dialog.js';
import { circleAlert, circleInfo } from '../../ui/icons.js';
import { selectStyles } from '../../ui/select-styles.js';
import { selectField } from '../../ui/select-field.js';
import { button, errorLine, field, notice } from '../../ui/templates.js';
import type { Question } from '../base/confirm-dialog.js';
import { Lazy } from '../base/lazy.js';
import { Section } from '../base/section.js';
import type { SettingsElement } from '../base/settings-element.js';
import { errorText } from '../base/texts.js';
import { AddressList, parseAddresses, type Invitee } from './address-list.js';
import type { Chips, ChipsOptions } from './invite-chips.js';
import { leastRole, roleOptions } from './roles.js';

const styles = css`
  #team-many { inline-size: min(40rem, 100vi - var(--_u) * 8); }
  .many-add { display: flex; flex-wrap: wrap; gap: calc(var(--_u) * 2); align-items: start; }
  .many-add > .field { flex: 1 1 16rem; max-inline-size: none; }
  @container uf (min-width: 30rem) {
    .many-add > .button { margin-block-start: calc(1.25rem + var(--_u) * 1.5); }
  }
  .many-doubles { overflow-wrap: anywhere; }
`;

/** Characters of a text that takes its time. */
const LONG = 20_000;
/** Milliseconds of reading before the page may do something else, on a slow machine as on a fast one. */
const SPELL = 8;
/** Milliseconds between two drawings of how far it is: one of them costs as much as several spells. */
const DRAWN = 250;
/** Addresses that are taken in together. */
const FEW = 50;
/** Doubles that are named; of more one sees how many there are. */
const NAMED = 5;

/** "Invite many": addresses typed, pasted or from a file, checked as they come; nothing of it is lost before it was sent or discarded. */
export class InviteMany extends Section {
  readonly #t = this.host.locale.texts('inviteMany', inviteMany);
  readonly #roles = this.host.locale.texts('roles', roleTexts);
  readonly #list = new AddressList();
  readonly #chips: Chips;
  readonly #file = new Lazy(async () => new (await import('./invite-file.js')).InviteFile(this.host));
  readonly #sending = new Lazy(async () => new (await import('./invite-sending.js')).InviteSending(this.host, () => { this.#done(); }));
  readonly #dialog = new DialogController(this.host, 'team-many', () => { this.#forget(); });
  #draft = '';
  #role = '';
  #reading = false;
  /** Once all that came before is taken in. */
  #taken: Promise<void> = Promise.resolve();
  #step: 'list' | 'file' | 'sending' = 'list';
  /** Send was pressed, and something is in its way. */
  #refused = false;
  #failure: SettingsError | (() => string) | undefined;

  /** @param chips what draws the list; a file of its own, since both are large */
  constructor(host: SettingsElement, chips: (options: ChipsOptions) => Chips) {
    super(host);
    this.#chips = chips({
      list: this.#list,
      roles: () => this.#rolesHere,
      role: () => this.#role,
      correct: (email) => { this.#correct(email); },
      back: 'team-many-emails',
    });
    for (const sheet of [dialogStyles, selectStyles, styles]) host.wear(sheet);
    host.addController({ hostUpdated: () => { armBeforeUnload(this, this.#dialog.isOpen && this.#unsent > 0); } });
  }

  open(draft: string, role: string): void {
    this.#draft = draft;
    this.#role = role || leastRole(this.#rolesHere);
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
    return dialog({
      id: this.#dialog.id,
      title: this.#step === 'sending' ? (this.#sending.part?.title ?? nothing) : this.#t('title'),
      closeLabel: this.host.common('close'),
      close: () => void this.#close(),
      closed: this.#closed,
      escape: this.#keep,
      content: this.#step === 'sending' ? this.#sending.part?.render() : this.#step === 'file' ? this.#file.part?.render() : this.#form(),
    });
  }

  get #rolesHere(): readonly string[] {
    return this.host.auth.data?.policy.invitations.roles ?? [];
  }

  #form(): unknown {
    const t = this.#t;
    const { items, wrong } = this.#list;
    const options = roleOptions(this.#roles, this.#rolesHere);
    return html`<form novalidate @submit=${this.#submit}>
      <div class="dialog-body">
        <p>${t('body')}</p>
        <div class="many-add" @input=${this.#typed} @keydown=${this.#key} @paste=${this.#paste}>
          ${field({ id: 'team-many-emails', name: 'emails', label: t('emails'), value: this.#draft, hint: t('hint'), error: this.#refused && items.length === 0 ? t('none') : undefined, autocomplete: 'off', inputmode: 'email', ltr: true, autofocus: true })}
          ${button({ id: 'team-many-file', label: t('file'), press: () => { this.#input?.click(); } })}
        </div>
        <input type="file" hidden accept=".csv,.tsv,.txt,text/csv,text/plain" @change=${this.#choose} />
        <div @change=${this.#chooseRole} ?hidden=${options.length < 2}>
          ${options.length > 1 ? selectField({ id: 'team-many-role', name: 'role', label: t('roleForAll'), value: this.#role, options: options.map(([value, label]) => [value, label]), hint: options.find(([value]) => value === this.#role)?.[2], autocomplete: 'off' }) : nothing}
        </div>
        ${this.#failure === undefined ? nothing : errorLine(typeof this.#failure === 'function' ? this.#failure() : errorText(this.host.common, this.#failure, true))}
        ${this.#reading ? html`<p class="small muted">${t('reading')}</p>` : nothing}
        ${this.#refused && wrong.length > 0
          ? notice({
              tone: 'failure',
              icon: circleAlert,
              id: 'team-many-wrong',
              title: t('wrongTitle', { count: wrong.length }),
              body: t('wrongBody'),
              actions: button({ label: t('removeWrong', { count: wrong.length }), little: true, press: () => { this.#removeWrong(); } }),
            })
          : nothing}
        ${items.length > 0 ? this.#chips.render() : nothing}
        ${this.#doubles()}
      </div>
      <div class="dialog-foot">
        ${button({ label: this.host.common('cancel'), look: 'quiet', press: () => void this.#close() })}
        ${button({ id: 'team-many-send', label: items.length > 0 ? t('send', { count: items.length }) : t('title'), look: 'primary', submit: true, busy: this.#reading })}
      </div>
    </form>`;
  }

  #doubles(): unknown {
    const { doubles } = this.#list;
    if (doubles.length === 0) return nothing;
    const emails = html`<bdi dir="ltr">${doubles.slice(0, NAMED).join(', ')}${doubles.length > NAMED ? ' …' : ''}</bdi>`;
    return html`<div class="many-doubles">${notice({ icon: circleInfo, body: this.#t.rich('doubles', { count: doubles.length, emails }) })}</div>`;
  }

  get #input(): HTMLInputElement | null {
    return this.host.renderRoot.querySelector<HTMLInputElement>('#team-many input[type=file]');
  }

  /** Takes addresses in, one text after the other. */
  #take(text: string): Promise<void> {
    this.#taken = this.#taken.then(() => (this.#dialog.isOpen ? this.#read(text) : undefined));
    return this.#taken;
  }

  /** For so long at a time that typing and scrolling go on. */
  async #read(text: string): Promise<void> {
    const addresses = parseAddresses(text);
    let wrong = 0;
    let added = 0;
    this.#failure = undefined;
    this.#reading = text.length > LONG;
    this.host.requestUpdate();
    let drawn = performance.now();
    let end = drawn + SPELL;
    for (let some = few(addresses); some.length > 0; some = few(addresses)) {
      const result = this.#list.add(some);
      added += result.added;
      wrong += result.wrong;
      const now = performance.now();
      if (now < end) continue;
      if (now > drawn + DRAWN) {
        drawn = now;
        this.host.requestUpdate();
      }
      await new Promise((resolve) => setTimeout(resolve));
      // Closed meanwhile, or somebody else.
      if (!this.#dialog.isOpen) return;
      end = performance.now() + SPELL;
    }
    this.#reading = false;
    this.#say(added, wrong);
  }

  #say(added: number, wrong: number): void {
    const t = this.#t;
    this.#refused = false;
    this.#chips.goToEnd();
    this.host.announce([t('added', { count: added }), wrong > 0 ? `${t('wrongCount', { count: wrong })}.` : '', t('count', { count: this.#list.items.length })].filter(Boolean).join(' '));
    this.host.requestUpdate();
  }

  #takeDraft(): Promise<void> {
    const draft = this.#draft;
    this.#draft = '';
    return this.#take(draft);
  }

  #correct(email: string): void {
    void this.#takeDraft();
    this.#draft = email;
    this.host.announce(this.#t('taken', { email }));
    this.host.requestUpdate();
    void this.host.focusOn('team-many-emails');
  }

  #removeWrong(): void {
    this.#list.remove(this.#list.wrong);
    this.#refused = false;
    this.host.announce(this.#t('count', { count: this.#list.items.length }));
    this.host.requestUpdate();
    void this.host.focusOn(this.#list.items.length > 0 ? 'team-many-send' : 'team-many-emails');
  }

  readonly #typed = ({ target }: Event): void => {
    if (!(target instanceof HTMLInputElement)) return;
    this.#draft = target.value;
    this.#failure = undefined;
    // A separator ends what was typed before it; "Ada Lovelace <ada@..." is not over at its spaces.
    if (/[,;\n]/.test(this.#draft) || (/@\S+\s$/.test(this.#draft) && !this.#draft.includes('<'))) void this.#takeDraft();
    else this.host.requestUpdate();
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.isComposing || !(event.target instanceof HTMLInputElement)) return;
    if (event.key === 'Enter' && this.#draft.trim()) {
      event.preventDefault();
      void this.#takeDraft();
    } else if (event.key === 'Backspace' && this.#draft === '' && this.#list.items.length > 0) {
      event.preventDefault();
      this.#chips.focusLast();
    }
  };

  readonly #chooseRole = ({ target }: Event): void => {
    if (!(target instanceof HTMLSelectElement)) return;
    this.#role = target.value;
    this.host.requestUpdate();
  };

  /** A field of one line would lose the line ends; several addresses are taken at once. */
  readonly #paste = (event: ClipboardEvent): void => {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (!/[\n\r,;]|@\S*\s+\S/.test(text.trim()) && text.length < LONG) return;
    event.preventDefault();
    void this.#take(`${this.#draft} ${text}`);
    this.#draft = '';
  };

  readonly #choose = async ({ target }: Event): Promise<void> => {
    if (!(target instanceof HTMLInputElement)) return;
    const file = target.files?.[0];
    // The same file can be chosen again, once it was mended.
    if (!file) return;
    this.#failure = undefined;
    try {
      const reader = await this.#file.get();
      await reader.open(file, this.#rolesHere, (invitees) => { this.#fromFile(invitees); });
      this.#step = 'file';
    } catch (thrown) {
      const problem = (): string | undefined => this.#file.part?.problem(thrown);
      const said = problem();
      this.#failure = said === undefined ? this.host.failure(thrown) : () => problem() ?? said;
      if (said !== undefined) this.host.announce(said);
    }
    target.value = '';
    this.host.requestUpdate();
  };

  /** @param invitees undefined: nothing of the file is wanted */
  #fromFile(invitees: readonly Invitee[] | undefined): void {
    this.#step = 'list';
    if (invitees) {
      const { added, wrong } = this.#list.add(invitees);
      this.#say(added, wrong);
    }
    this.host.requestUpdate();
    void this.host.focusOn(invitees ? 'team-many-send' : 'team-many-file');
  }

  readonly #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (this.#reading) return;
    await this.#takeDraft();
    const { items, wrong } = this.#list;
    this.#refused = items.length === 0 || wrong.length > 0;
    this.host.requestUpdate();
    if (this.#refused) {
      this.#chips.goTo(wrong[0]);
      this.host.announce(items.length === 0 ? this.#t('none') : this.#t('wrongTitle', { count: wrong.length }));
      void this.host.focusOn(items.length === 0 ? 'team-many-emails' : 'team-many-wrong');
      return;
    }
    try {
      const sending = await this.#sending.get();
      this.#step = 'sending';
      await sending.start(items, this.#role);
    } catch (thrown) {
      this.#step = 'list';
      this.#failure = this.host.failure(thrown);
      this.host.requestUpdate();
    }
  };

  #done(): void {
    this.#list.clear();
    this.#dialog.close();
  }

  /** How many people would be forgotten. */
  get #unsent(): number {
    if (this.#step === 'sending') return this.#sending.part?.left ?? 0;
    return this.#list.items.length + (this.#draft.trim() ? 1 : 0);
  }

  /** Esc, Cancel and the cross: what is under way is stopped, what is unsent is asked about. */
  async #close(): Promise<void> {
    const t = this.#t;
    if (this.#step === 'sending' && this.#sending.part?.stop()) return;
    const count = this.#unsent;
    const question = (): Question => ({ title: t('discardTitle', { count }), body: t('discardBody'), keep: t('keep'), proceed: t('discard'), destructive: true });
    if (count > 0 && !(await this.host.confirm(question).catch(() => false))) return;
    this.#dialog.close();
  }

  /** Browsers close a dialog at the second Esc whatever its `cancel` says, unless the key itself was taken. */
  readonly #keep = (event: KeyboardEvent): void => {
    event.preventDefault();
    void this.#close();
  };

  /** What the browser closed against our will opens again, since the controller still holds it open. */
  readonly #closed = (): void => {
    if (this.#unsent > 0) this.host.requestUpdate();
    else this.#dialog.closed();
  };

  #forget(): void {
    armBeforeUnload(this, false);
    this.#list.clear();
    this.#chips.goTo(undefined);
    this.#sending.part?.forget();
    this.#draft = '';
    this.#step = 'list';
    this.#reading = this.#refused = false;
    this.#failure = undefined;
  }
}

/** The next few; none at the end. */
function few(addresses: Iterator<Invitee, void>): Invitee[] {
  const found: Invitee[] = [];
  while (found.length < FEW) {
    const { value } = addresses.next();
    if (!value) break;
    found.push(value);
  }
  return found;
}
