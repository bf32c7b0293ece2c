import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** Everybody's mailbox: a mail server that keeps what it is given. */
export interface Mailboxes {
  /** For `SMTP_URL`. */
  readonly url: string;
  /** Everything that came, the oldest first. */
  readonly all: readonly ParsedMail[];
  /** The mails to an address with a subject. */
  to(address: string, subject: string): ParsedMail[];
  /** Waits for one whose text fits. */
  arrival(address: string, subject: string, about?: RegExp): Promise<ParsedMail>;
  close(): Promise<void>;
}

const PATIENCE = 20_000;

export async function openMailboxes(): Promise<Mailboxes> {
  const all: ParsedMail[] = [];
  const bell = new EventEmitter();
  const sink = new SMTPServer({
    authOptional: true,
    hideSTARTTLS: true,
    onData: (stream, _session, done) => {
      simpleParser(stream, (error, mail) => {
        if (!error) all.push(mail);
        bell.emit('mail');
        done();
      });
    },
  });
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve));
  const address = sink.server.address();
  assert.ok(typeof address === 'object' && address !== null);
  const to = (who: string, subject: string): ParsedMail[] => all.filter((mail) => mail.subject === subject && addressee(mail) === who);
  return {
    url: `smtp://127.0.0.1:${String(address.port)}`,
    all,
    to,
    arrival: async (who, subject, about = /(?:)/) => {
      const late = AbortSignal.timeout(PATIENCE);
      for (;;) {
        const mail = to(who, subject).findLast(({ text = '' }) => about.test(text));
        if (mail) return mail;
        await once(bell, 'mail', { signal: late }).catch(() => {
          throw new Error(`No mail "${subject}" to ${who} came; there are: ${all.map((other) => `"${String(other.subject)}" to ${String(addressee(other))}`).join(', ')}.`);
        });
      }
    },
    close: () =>
      new Promise((resolve) => {
        sink.close(resolve);
      }),
  };
}

function addressee({ to }: ParsedMail): string | undefined {
  return (Array.isArray(to) ? to[0] : to)?.value[0]?.address;
}

/** The one link of a mail. */
export function linkIn({ text = '' }: ParsedMail): string {
  const [link, ...more] = text.match(/https?:\/\/\S+/g) ?? [];
  assert.ok(link !== undefined && more.length === 0, `one link in: ${text}`);
  return link;
}

/** The secret of a mail's link. */
export function tokenIn(mail: ParsedMail): string {
  return decodeURIComponent(linkIn(mail).split('=')[1] ?? '');
}
