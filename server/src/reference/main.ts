/** The reference server as a command: `node --import tsx server/src/reference/main.ts`. See server/README.md for what it can be told. */
import { buildPages } from './build-pages.js';
import { ConfigError, readConfig } from './config.js';
import { startServer, type RunningServer } from './start.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

function greet({ url, where, facts }: RunningServer): void {
  const [person] = facts.people;
  say(`\n  Account settings, in the page of a product:  ${url}/`);
  if (person) say(`  Sign in as ${person.name}:  ${person.email}  ${person.password}`);
  if (facts.outbox) say(`  Mails are not sent; read them at:  ${url}/outbox`);
  say(`  The API, to read:  ${url}/api/docs`);
  say(`  Data:  ${where}\n`);
}

async function run(): Promise<void> {
  const config = readConfig(process.env);
  const pages = buildPages();
  // Whoever stops the start before the pages are awaited has the better message.
  pages.catch(() => undefined);
  const server = await startServer({ ...config, pages, log: complain });
  greet(server);
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    void server.close().then(
      () => process.exit(0),
      (error: unknown) => {
        complain(error instanceof Error ? (error.stack ?? error.message) : String(error));
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

run().catch((error: unknown) => {
  if (error instanceof ConfigError) complain(`\n${error.message}\n`);
  else complain(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exit(1);
});
