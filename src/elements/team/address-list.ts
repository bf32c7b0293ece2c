import type { FieldProblem } from '../../contract/index.js';
import { email as emailSchema, problemOf } from '../../contract/schema.js';
import { cleanEmail, cleanText } from '../../contract/text.js';

/** Somebody who is to be invited, as typed, pasted or read from a file. */
export interface Invitee {
  readonly email: string;
  /** What stood beside the address; it tells people apart on the screen and is not sent. */
  readonly name: string;
  /** Absent: the role for all. */
  readonly role?: string | undefined;
}

export interface ListedInvitee extends Invitee {
  /** Unique in its list, never given again. */
  readonly id: number;
  readonly problem: FieldProblem | undefined;
}

/** What addresses come in besides their own signs: "<ada@example.com>,", "(mailto:ada@example.com)". */
const bare = (word: string): string => word.replace(/^(?:[<("'[]|mailto:)+|[>)"'\].:]+$/gi, '');

/**
 * The addresses in a text, one after the other: parted by commas, semicolons, line ends or spaces; "Ada Lovelace <ada@example.com>" and cells of
 * a spreadsheet are understood. A part without any address is one thing that is wrong, not one for each word.
 */
export function* parseAddresses(text: string): Generator<Invitee, void, undefined> {
  // The words since the last separator, and whether an address was among them.
  let words: string[] = [];
  let any = false;
  const made = (email: string): Invitee => ({ email: cleanEmail(email).slice(0, 300), name: cleanText(words.join(' ')).slice(0, 200) });
  // The end of the text ends its last part.
  for (const [piece] of `${text}\n`.matchAll(/"[^"\n\r]{0,200}"|<[^<>\n\r]{0,400}>|[,;\n\r]|[^\s,;<>"]+|[<>"]/gu)) {
    if (/^[,;\n\r]$/.test(piece)) {
      const rest = words.join(' ');
      words = [];
      if (!any && rest) yield made(rest);
      any = false;
    } else if ((piece.length > 2 && piece.startsWith('<')) || (piece.includes('@') && !piece.startsWith('"'))) {
      yield made(bare(piece));
      words = [];
      any = true;
    } else if (!/^[<>"]+$/.test(piece)) words.push(piece.replaceAll('"', ''));
  }
}

/** Addresses that differ only in case reach the same mailbox for nearly everyone. */
const keyOf = (email: string): string => email.normalize('NFKC').toLowerCase();

/** Who is to be invited: each address once, checked as it comes. */
export class AddressList {
  #items: readonly ListedInvitee[] = [];
  readonly #keys = new Set<string>();
  /** Addresses that came again and are listed once. */
  #doubles: readonly string[] = [];
  #lastId = 0;

  get items(): readonly ListedInvitee[] {
    return this.#items;
  }

  get doubles(): readonly string[] {
    return this.#doubles;
  }

  get wrong(): readonly ListedInvitee[] {
    return this.#items.filter(({ problem }) => problem);
  }

  /** @returns how many of them are new, and how many of those are wrong */
  add(invitees: Iterable<Invitee>): { added: number; wrong: number } {
    const fresh: ListedInvitee[] = [];
    const doubles: string[] = [];
    for (const invitee of invitees) {
      const key = keyOf(invitee.email);
      if (this.#keys.has(key)) {
        doubles.push(invitee.email);
        continue;
      }
      this.#keys.add(key);
      fresh.push({ ...invitee, id: ++this.#lastId, problem: problemOf(emailSchema, 'email', invitee.email).email });
    }
    this.#items = [...this.#items, ...fresh];
    this.#doubles = [...this.#doubles, ...doubles];
    return { added: fresh.length, wrong: fresh.filter(({ problem }) => problem).length };
  }

  remove(gone: readonly ListedInvitee[]): void {
    const ids = new Set(gone.map(({ id }) => id));
    for (const { email } of gone) this.#keys.delete(keyOf(email));
    this.#items = this.#items.filter(({ id }) => !ids.has(id));
  }

  /** @param role undefined: the role for all */
  giveRole(id: number, role: string | undefined): void {
    this.#items = this.#items.map((item) => (item.id === id ? { ...item, role } : item));
  }

  clear(): void {
    this.remove(this.#items);
    this.#doubles = [];
  }
}
