import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPages } from '../../../server/src/reference/build-pages.js';
import { startServer, type RunningServer, type ServerOptions } from '../../../server/src/reference/start.js';
import { movableClock, type MovableClock } from '../../support/authenticator.js';
import { openMailboxes, type Mailboxes } from './mailbox.js';
import { openProxy, type Proxy } from './proxy.js';

/** The product as it runs somewhere: the real server with its pages, a database, mail that arrives, and a network in between. */
export interface Place {
  /** Where people find it; ends with a slash. */
  readonly url: string;
  readonly server: RunningServer;
  readonly mails: Mailboxes;
  /** The server's time, which can be put forward. */
  readonly clock: MovableClock;
  /** Between browser and server. */
  readonly network: Proxy;
  /** What the server told its operator. */
  readonly lines: readonly string[];
  stopServer(): Promise<void>;
  /** At the same port, on the same data. */
  startServer(): Promise<void>;
  close(): Promise<void>;
}

export async function openPlace(options: ServerOptions = {}): Promise<Place> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'settings-journey-'));
  const mails = await openMailboxes();
  const network = await openProxy();
  const clock = movableClock();
  const lines: string[] = [];
  const start = (port: number): Promise<RunningServer> =>
    startServer({
      port,
      dataFolder,
      pages: buildPages(),
      publicUrl: network.url,
      // The network in between says where a request comes from.
      trustProxy: 1,
      smtpUrl: mails.url,
      mailFrom: 'UserFlux <no-reply@example.com>',
      signInsPerMinute: 10_000,
      clock,
      log: (line) => lines.push(line),
      ...options,
    });
  let server = await start(0);
  const port = Number(new URL(server.listensAt).port);
  network.leadTo(port);
  return {
    url: `${network.url}/`,
    mails,
    network,
    clock,
    lines,
    get server() {
      return server;
    },
    stopServer: () => server.close(),
    startServer: async () => {
      server = await start(port);
    },
    close: async () => {
      await network.close();
      await server.close();
      await mails.close();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}
