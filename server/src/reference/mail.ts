import nodemailer from 'nodemailer';

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

/** Sends over SMTP. A server that hangs is given up after seconds; the plugin keeps the mail and tries again. */
export function openMailer(url: string, from: string): Mailer {
  const transport = nodemailer.createTransport({ url, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000, disableFileAccess: true, disableUrlAccess: true }, { from });
  return {
    send: async ({ to, subject, text, link }) => {
      await transport.sendMail({ to: { name: '', address: to }, subject, text: bodyOf({ text, link }) });
    },
    close: () => {
      transport.close();
    },
  };
}
