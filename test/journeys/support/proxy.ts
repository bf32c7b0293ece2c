import { createServer, request, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';

/** What can become of a request between browser and server. */
export type Fault =
  /** The connection breaks before the request gets anywhere. */
  | { kind: 'lost on the way there' }
  /** The server does its work, and its answer never comes: it died, or the network did. */
  | { kind: 'lost on the way back' }
  /** Half of the answer comes, then the connection breaks. */
  | { kind: 'cut in the middle' }
  /** Nothing comes, and the connection stays. */
  | { kind: 'no answer at all' }
  /** Somebody in between answers. */
  | { kind: 'answered by another'; status: number; headers?: OutgoingHttpHeaders; body?: string };

/** A request of the browser, and what became of it. */
export interface Passage {
  readonly method: string;
  readonly path: string;
  readonly fault: Fault['kind'] | undefined;
}

/** The network between browser and server: passes everything on, event streams too, but what it is told to spoil. */
export interface Proxy {
  /** Ends without a slash. */
  readonly url: string;
  readonly passages: readonly Passage[];
  /** What browsers reported of {@link watchPolicy}: the directive of each violation. */
  readonly reports: readonly string[];
  leadTo(port: number): void;
  /** Gives every page a policy more, which blocks nothing, and whose reports are collected here: as an operator tries a policy out. */
  watchPolicy(policy: string): void;
  /** Spoils the requests that fit, as often as told, or until {@link mend}. @param which how method and path begin, as "PATCH /api/auth/settings/company", or what they match */
  spoil(which: string | RegExp, fault: Fault, times?: number): void;
  mend(): void;
  /** Breaks every connection that is open. */
  breakAll(): void;
  close(): Promise<void>;
}

/** Where browsers send what a policy would have blocked. */
const REPORTS = '/policy-reports';

function directiveIn(report: string): string {
  const { 'csp-report': { 'effective-directive': directive, 'blocked-uri': uri } } = JSON.parse(report) as { 'csp-report': Record<'effective-directive' | 'blocked-uri', string> };
  return `${directive} ${uri}`;
}

export async function openProxy(): Promise<Proxy> {
  let target = 0;
  let spoiled: { which: string | RegExp; fault: Fault; times: number }[] = [];
  const passages: Passage[] = [];
  const reports: string[] = [];
  let watched: string | undefined;
  const server = createServer((incoming, outgoing) => {
    const { method = '', url: path = '' } = incoming;
    if (path === REPORTS) {
      void whole(incoming).then((body) => reports.push(directiveIn(body.toString())));
      outgoing.writeHead(204).end();
      return;
    }
    if (watched !== undefined) outgoing.setHeader('Content-Security-Policy-Report-Only', `${watched}; report-uri ${REPORTS}`);
    const rule = spoiled.find(({ which, times }) => times > 0 && (typeof which === 'string' ? `${method} ${path}`.startsWith(which) : which.test(`${method} ${path}`)));
    if (rule) rule.times--;
    passages.push({ method, path, fault: rule?.fault.kind });
    pass(incoming, outgoing, target, rule?.fault);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The network has no port.');
  return {
    url: `http://localhost:${String(address.port)}`,
    passages,
    reports,
    watchPolicy: (policy) => {
      watched = policy;
    },
    leadTo: (port) => {
      target = port;
    },
    spoil: (which, fault, times = Number.POSITIVE_INFINITY) => {
      spoiled.push({ which, fault, times });
    },
    mend: () => {
      spoiled = [];
    },
    breakAll: () => {
      server.closeAllConnections();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function pass(incoming: IncomingMessage, outgoing: ServerResponse, port: number, fault: Fault | undefined): void {
  switch (fault?.kind) {
    case 'lost on the way there':
      incoming.socket.destroy();
      return;
    case 'no answer at all':
      incoming.resume();
      return;
    case 'answered by another':
      incoming.resume();
      outgoing.writeHead(fault.status, fault.headers).end(fault.body);
      return;
  }
  const { headers, method, url, socket } = incoming;
  const forward = request({ host: '127.0.0.1', port, method, path: url, headers: { ...headers, 'x-forwarded-for': [headers['x-forwarded-for'], socket.remoteAddress].flat().filter(Boolean).join(', ') } });
  const broken = (): void => void socket.destroy();
  forward.on('error', broken);
  forward.on('response', (answer) => {
    answer.on('error', broken);
    if (fault) {
      void whole(answer).then((body) => {
        if (fault.kind === 'lost on the way back') {
          broken();
          return;
        }
        outgoing.writeHead(answer.statusCode ?? 500, { ...answer.headers, 'content-length': body.length });
        outgoing.write(body.subarray(0, Math.floor(body.length / 2)), broken);
      }, broken);
      return;
    }
    outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
    outgoing.flushHeaders();
    answer.pipe(outgoing);
  });
  // Whoever goes away ends it at the server, too.
  outgoing.on('close', () => {
    forward.destroy();
  });
  incoming.pipe(forward);
}

async function whole(answer: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of answer) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
