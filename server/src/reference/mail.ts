import nodemailer from 'nodemailer';
import { MailRefused } from '../plugin/index.js';

export interface Mail {
  to: string;
  subject: string;
  text: string;
  link: string | null;
}

export interface Mailer {
  readonly send: (mail: Mail) => Promise<void>;
  readonly close: () => void;
}

/** Plain text with the link on a line of its own: nothing that a mail program has to trust. */
export function bodyOf({ text, link }: Pick<Mail, 'text' | 'link'>): string {
  return link === null ? `${text}\n` : `${text}\n\n${link}\n`;
}

/** A permanent answer (RFC 5321 4.2.1) to the one addressee; what the server has against us or against the moment may pass. */
function isRefusal(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { command, responseCode } = error as { command?: unknown; responseCode?: unknown };
  return command === 'RCPT TO' && typeof responseCode === 'number' && responseCode >= 500;
}

/** Sends over SMTP. A server that hangs is given up after seconds; the plugin keeps the mail and tries again. */
export function openMailer(url: string, from: string): Mailer {
  const transport = nodemailer.createTransport({ url, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000, disableFileAccess: true, disableUrlAccess: true }, { from });
  return {
    send: async ({ to, subject, text, link }) => {
      try {
        await transport.sendMail({ to: { name: '', address: to }, subject, text: bodyOf({ text, link }) });
      } catch (error) {
        throw isRefusal(error) ? new MailRefused('The mail server does not take mail for this address.') : error;
      }
    },
    close: () => {
      transport.close();
    },
  };
}
