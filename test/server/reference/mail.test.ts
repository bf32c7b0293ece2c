import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { deliverMails } from '../../../server/src/plugin/index.js';
import { openMailer } from '../../../server/src/reference/mail.js';
import { ADA, json, testServer, until, Visitor } from './support.js';

const received: ParsedMail[] = [];
let refuses = false;
const sink = new SMTPServer({
  authOptional: true,
  hideSTARTTLS: true,
  onData: (stream, _session, done) => {
    if (refuses) {
      stream.resume().on('end', () => {
        done(new Error('Try again later'));
      });
      return;
    }
    simpleParser(stream, (error, mail) => {
      if (!error) received.push(mail);
      done();
    });
  },
});
let url = '';

before(async () => {
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve));
  const address = sink.server.address();
  assert.ok(typeof address === 'object' && address !== null);
  url = `smtp://127.0.0.1:${String(address.port)}`;
});
after(() => new Promise<void>((resolve) => {
  sink.close(resolve);
}));

const FROM = 'UserFlux <no-reply@example.com>';

describe('With SMTP_URL', () => {
  it('an invitation goes out by mail, with its link, and nothing of it stays in the table', async () => {
    const server = await testServer({ smtpUrl: url, mailFrom: FROM });
    assert.equal(server.facts.outbox, false);
    const ada = new Visitor(server.url);
    await ada.signIn(ADA);
    const invited = await ada.post('/api/auth/settings/team/invitations', { invitations: [{ email: 'wilhelmine@example.net', role: 'member' }] }, { 'Idempotency-Key': 'invite' });
    assert.equal(invited.status, 200);
    const mail = await until(() => received[0], 'the mail');
    assert.equal(mail.from?.text, '"UserFlux" <no-reply@example.com>');
    assert.ok(mail.to && !Array.isArray(mail.to) && mail.to.text === 'wilhelmine@example.net');
    assert.equal(mail.subject, 'Join Analytical Engines Ltd');
    assert.equal(mail.html, false);
    const [, token = ''] = /^http:\/\/localhost:\d+\/#invitation=(\w{20,})$/m.exec(mail.text ?? '') ?? [];
    const found = await json(await new Visitor(server.url).post('/api/auth/settings/invitations/lookup', { token }));
    assert.equal(found['email'], 'wilhelmine@example.net');
    assert.equal(received.length, 1, 'the mails of the demo world, to people who never asked, are not sent');
    await until(async () => ((await server.database.db.selectFrom('settingsMail').select('id').execute()).length === 0 ? true : undefined), 'the row is gone');
    assert.equal((await ada.get('/api/outbox')).status, 404);
  });

  it('a mail that the other server refuses waits, and goes out later; its link is in no log', async () => {
    let now = Date.now();
    const server = await testServer({ smtpUrl: url, mailFrom: FROM, clock: () => now });
    const ada = new Visitor(server.url);
    await ada.signIn(ADA);
    received.length = 0;
    refuses = true;
    await ada.post('/api/auth/settings/team/invitations', { invitations: [{ email: 'later@example.net', role: 'member' }] }, { 'Idempotency-Key': 'invite' });
    await until(() => server.lines.find((line) => line.includes('could not be sent')), 'the failure in the log');
    assert.doesNotMatch(server.lines.join('\n'), /invitation=|later@example\.net/);
    refuses = false;
    await deliverMails(server.auth);
    assert.equal(received.length, 0, 'not at once: the other server wants its time');
    now += 2 * 60_000;
    await deliverMails(server.auth);
    assert.equal(received.length, 1);
  });

  it('words of a mail cannot add headers or addressees', async () => {
    const mailer = openMailer(url, FROM);
    received.length = 0;
    await mailer.send({ to: 'ada@example.com', subject: 'Join X\r\nBcc: eve@example.com', text: 'Hello', link: null });
    mailer.close();
    assert.equal(received.length, 1);
    assert.equal(received[0]?.bcc, undefined);
    assert.ok(!received[0]?.headers.has('bcc'));
  });
});
