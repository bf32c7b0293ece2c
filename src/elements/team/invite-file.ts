import { css, html, nothing } from 'lit';
import { inviteFile } from '../../locales/en/invite-file.js';
import { roles as roleTexts } from '../../locales/en/roles.js';
import { decodeText, LARGEST_FILE, readCsv, UnreadableFile } from '../../ui/csv-read.js';
import { chevronDown, icon } from '../../ui/icons.js';
import { checkbox } from '../../ui/form-templates.js';
import { button, errorLine } from '../../ui/templates.js';
import type { SettingsElement } from '../base/settings-element.js';
import { parseAddresses, type Invitee } from './address-list.js';
import { guessColumns, type ColumnUse } from './file-columns.js';
import { roleName } from './roles.js';

const styles = css`
  .preview { overflow: auto; border: 1px solid var(--_border); border-radius: var(--_r-control); }
  .preview > table { border-collapse: collapse; font-size: var(--_small); line-height: 1.25rem; }
  .preview :is(th, td) { min-inline-size: 9rem; max-inline-size: 16rem; padding: calc(var(--_u) * 1.5) calc(var(--_u) * 2); border-block-start: 1px solid var(--_border); text-align: start; vertical-align: top; font-weight: inherit; overflow-wrap: anywhere; }
  .preview thead th { border: 0; background: var(--_sunken); }
  .preview tr.heading td { color: var(--_text-muted); }
  .preview .select > select { min-block-size: max(2rem, var(--_target)); padding-block: var(--_u); }
`;

const USES = ['', 'email', 'name', 'role'] as const;
/** Rows and columns that are shown. */
const ROWS = 5;
const COLUMNS = 20;
/** Unknown roles that are named. */
const NAMED = 3;

/** A file of people: its columns are guessed and shown, and what comes of it is the person's to say. */
export class InviteFile {
  readonly #host: SettingsElement;
  readonly #t;
  readonly #roles;
  #file = '';
  #rows: readonly (readonly string[])[] = [];
  #uses: readonly ColumnUse[] = [];
  #heading = false;
  /** What the columns make of the rows; undefined: to be read anew. */
  #people: { invitees: Invitee[]; unknown: string[] } | undefined;
  #known: readonly string[] = [];
  #refused = false;
  #done: (invitees: readonly Invitee[] | undefined) => void = () => undefined;

  constructor(host: SettingsElement) {
    this.#host = host;
    this.#t = host.locale.texts('inviteFile', inviteFile);
    this.#roles = host.locale.texts('roles', roleTexts);
    host.wear(styles);
  }

  /**
   * @param done with whom is in it; with undefined where the person wants nothing of it
   * @throws {UnreadableFile}
   */
  async open(file: File, roles: readonly string[], done: (invitees: readonly Invitee[] | undefined) => void): Promise<void> {
    if (file.size > LARGEST_FILE) throw new UnreadableFile('too-large');
    this.#rows = readCsv(decodeText(new Uint8Array(await file.arrayBuffer())));
    this.#file = file.name;
    this.#known = roles;
    this.#done = done;
    this.#refused = false;
    const { uses, heading } = guessColumns(this.#rows, [...roles, ...roles.map((role) => roleName(this.#roles, role))]);
    this.#uses = uses;
    this.#heading = heading;
    this.#people = undefined;
    void this.#host.focusOn('team-file-what');
  }

  /** What is wrong with a file, in words; undefined for what is no fault of the file. */
  problem(thrown: unknown): string | undefined {
    const t = this.#t;
    if (thrown instanceof DOMException) return t('unreadable');
    if (!(thrown instanceof UnreadableFile)) return undefined;
    switch (thrown.problem) {
      case 'too-large': return t('tooLarge');
      case 'not-text': return t('notText');
      case 'unterminated': return t('unterminated', { line: thrown.line });
      case 'empty': return t('empty');
    }
  }

  render(): unknown {
    const t = this.#t;
    const count = this.#rows.length - (this.#heading ? 1 : 0);
    const columns = this.#uses.slice(0, COLUMNS);
    const { unknown } = (this.#people ??= this.#read());
    return html`<form novalidate @submit=${this.#submit} @change=${this.#changed}>
      <div class="dialog-body">
        <p id="team-file-what" tabindex="-1">${t.rich('rows', { count, file: html`<bdi>${this.#file}</bdi>` })}</p>
        <div class="preview" role="region" aria-label=${t('preview')} tabindex="0">
          <table>
            <caption class="vh">${t('preview')}</caption>
            <thead><tr>${columns.map((use, column) => html`<th scope="col"><div class="select"><select class="input" id="team-file-column-${column}" name="column-${column}" autocomplete="off" aria-label=${t('column', { number: column + 1 })} .value=${use} aria-invalid=${this.#refused && !this.#uses.includes('email') ? 'true' : nothing}>${USES.map((one) => html`<option value=${one} ?selected=${one === use}>${one === '' ? t('nothing') : t(one)}</option>`)}</select>${icon(chevronDown)}</div></th>`)}</tr></thead>
            <tbody>${this.#rows.slice(0, ROWS).map((row, index) => html`<tr class=${this.#heading && index === 0 ? 'heading' : ''}>${columns.map((_, column) => html`<td><bdi>${(row[column] ?? '').slice(0, 120)}</bdi></td>`)}</tr>`)}</tbody>
          </table>
        </div>
        ${checkbox({ id: 'team-file-heading', name: 'heading', label: t('heading'), checked: this.#heading })}
        ${this.#refused && !this.#uses.includes('email') ? errorLine(t('noEmail')) : nothing}
        ${unknown.length > 0 ? html`<p>${t.rich('otherRoles', { count: unknown.length, roles: html`<bdi>${unknown.slice(0, NAMED).join(', ')}${unknown.length > NAMED ? ' …' : ''}</bdi>` })}</p>` : nothing}
      </div>
      <div class="dialog-foot">
        ${button({ label: t('back'), look: 'quiet', press: () => { this.#done(undefined); } })}
        ${button({ label: t('add', { count }), look: 'primary', submit: true })}
      </div>
    </form>`;
  }

  /** The people in it, and the words for roles that nobody knows here. */
  #read(): { invitees: Invitee[]; unknown: string[] } {
    const at = (use: ColumnUse): number => this.#uses.indexOf(use);
    const names = this.#uses.flatMap((use, column) => (use === 'name' ? [column] : []));
    const unknown = new Set<string>();
    const invitees = this.#rows.slice(this.#heading ? 1 : 0).flatMap((row): Invitee[] => {
      const cell = row[at('email')] ?? '';
      // A cell may have "Ada <ada@example.com>" in it; what is no address is shown as what it is.
      const [found] = parseAddresses(cell);
      if (!found) return [];
      const wanted = row[at('role')] ?? '';
      const role = this.#roleOf(wanted);
      if (wanted && !role) unknown.add(wanted.slice(0, 40));
      const name = names.map((column) => row[column] ?? '').filter(Boolean).join(' ') || found.name;
      return [{ email: found.email, name: name.slice(0, 200), role }];
    });
    return { invitees, unknown: [...unknown] };
  }

  #roleOf(text: string): string | undefined {
    const wanted = text.toLowerCase();
    return this.#known.find((role) => role.toLowerCase() === wanted || roleName(this.#roles, role).toLowerCase() === wanted);
  }

  readonly #changed = ({ target }: Event): void => {
    if (target instanceof HTMLInputElement) this.#heading = target.checked;
    if (target instanceof HTMLSelectElement) {
      const column = Number(target.name.slice('column-'.length));
      const use = USES.find((one) => one === target.value) ?? '';
      // One column of addresses and one of roles; names may be in two.
      this.#uses = this.#uses.map((one, index) => (index === column ? use : one === use && use !== 'name' ? '' : one));
    }
    this.#people = undefined;
    this.#host.requestUpdate();
  };

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    this.#refused = !this.#uses.includes('email');
    if (this.#refused) {
      this.#host.announce(this.#t('noEmail'));
      this.#host.requestUpdate();
      void this.#host.focusOn('team-file-column-0');
      return;
    }
    this.#done((this.#people ??= this.#read()).invitees);
  };
}
