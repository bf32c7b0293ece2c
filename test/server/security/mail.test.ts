import assert from 'node:assert/strict';
import { it } from 'node:test';
import { deliverQueuedMails, queueMail } from '../../../server/src/plugin/mail.js';
import { placeOf } from '../../../server/src/plugin/index.js';
import { call, codeOfReply, onBoth, tally, type Reply } from './support.js';

interface Sent {
  to: string;
  at: number;
}

onBoth('mails', (lab) => {
  const queue = async (...names: string[]): Promise<void> => {
    await lab().place.store.db.deleteFrom('settingsMail').execute();
    for (const name of names) await queueMail(lab().place.store.db, lab().clock(), { to: `${name}@example.net`, subject: 'x', text: 'x', link: 'https://example.net/#secret' });
  };
  const rows = () => lab().place.store.db.selectFrom('settingsMail').select(['to', 'tries', 'dueAt']).execute();
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it('200 mails and six deliveries at once in two processes: each is sent once, and none is kept', async () => {
    await queue(...Array.from({ length: 200 }, (_, index) => `m${String(index)}`));
    const places = await Promise.all(lab().servers.map((server) => placeOf(server.auth)));
    const sent: string[] = [];
    const send = async ({ to }: { to: string }): Promise<void> => {
      await settle();
      sent.push(to);
    };
    await Promise.all(Array.from({ length: 6 }, (_, index) => deliverQueuedMails(places[index % 2] ?? lab().place, send)));
    assert.equal(sent.length, 200);
    assert.deepEqual(Object.values(tally(sent, (to) => to)).filter((count) => count !== 1), []);
    assert.deepEqual(await rows(), []);
  });

  it('one that fails is tried again after waits that double to an hour, does not hold up the others, and is given up after twelve tries', async () => {
    await queue('bad', 'good');
    const begin = lab().clock();
    const tries: Sent[] = [];
    const send = ({ to }: { to: string }): Promise<void> => {
      tries.push({ to, at: (lab().clock() - begin) / 1000 });
      return to.startsWith('bad') ? Promise.reject(new Error('550 no such mailbox')) : Promise.resolve();
    };
    await deliverQueuedMails(lab().place, send);
    await deliverQueuedMails(lab().place, send);
    assert.deepEqual(tries, [{ to: 'bad@example.net', at: 0 }, { to: 'good@example.net', at: 0 }]);
    for (let look = 0; look < 2000; look++) {
      lab().clock.advance(30);
      await deliverQueuedMails(lab().place, send);
    }
    const at = tries.filter(({ to }) => to.startsWith('bad')).map((one) => one.at);
    assert.deepEqual(at.map((moment, index) => moment - (at[index - 1] ?? 0)), [0, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600, 3600, 3600]);
    const said = lab().lines.filter((line) => line.includes('A mail could not be sent'));
    assert.equal(said.length, 12);
    assert.ok(said.every((line) => !line.includes('#secret')));
  });

  it('what a process had taken when it died goes out by another one, a minute later', async () => {
    await queue('left');
    let release = (): void => undefined;
    const hangs = new Promise<void>((resolve) => {
      release = resolve;
    });
    const died = deliverQueuedMails(lab().place, () => hangs);
    while ((await rows())[0]?.tries !== 1) await settle();
    const sent: string[] = [];
    const send = ({ to }: { to: string }): Promise<void> => Promise.resolve(void sent.push(to));
    lab().clock.advance(59);
    await deliverQueuedMails(lab().place, send);
    assert.deepEqual(sent, []);
    lab().clock.advance(1);
    await deliverQueuedMails(lab().place, send);
    assert.deepEqual(sent, ['left@example.net']);
    release();
    await died;
    assert.deepEqual(await rows(), []);
  });

  it('to a new address are five, then none for a quarter of an hour, whatever the address and however they are asked for; afterwards they go out again', async () => {
    const { db } = lab().place.store;
    await db.deleteFrom('settingsMail').execute();
    const ada = await lab().proven('ada@example.com');
    const ask = (name: string): Promise<Reply> => call(lab().server, ada, 'email.change', { email: `${name}@example.net` });
    for (const name of ['one', 'two', 'three']) assert.equal((await ask(name)).status, 200);
    for (let again = 0; again < 2; again++) assert.equal((await call(lab().server, ada, 'email.resend')).status, 200);
    const before = (await rows()).length;
    for (const refused of [await ask('six'), await call(lab().server, ada, 'email.resend')]) {
      assert.equal(codeOfReply(refused), '429 rate-limited');
      assert.equal(refused.headers['retry-after'], '900');
    }
    assert.equal((await rows()).length, before, 'what is refused sends nothing, to nobody');
    lab().clock.advance(901);
    assert.equal((await call(lab().server, await lab().proven('ada@example.com'), 'email.change', { email: 'seven@example.net' })).status, 200);
  });
});
