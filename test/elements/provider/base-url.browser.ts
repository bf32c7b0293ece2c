import { expect } from 'chai';
import { createMemoryBackend, memberWorld, type MemoryBackend } from '../../../src/adapters/memory/index.js';
import type { SettingsAdapter } from '../../../src/contract/index.js';
import type { UfProvider } from '../../../src/define/all.js';
import { httpBridge } from '../../support/http-bridge.js';
import { press, type } from '../../support/keys.js';
import { afterThisTest, hearConsole, listen, place } from '../../support/mount.js';
import { field, find, findField, get, reads, shown } from '../../support/query.js';
import { eventually, next, until } from '../../support/wait.js';

type Answer = (request: Request) => Promise<Response>;

/** The network of a test: what was asked, and what answers below each base path. */
interface Network {
  readonly asked: Request[];
  /** Open event streams, by the path of their API. */
  readonly streams: string[];
  /** Answers the next requests of this method instead, one each. */
  instead(method: string, ...answers: (Answer | 'serve')[]): void;
  /** Answers every request instead, until it is taken back. */
  down(answer: Answer | undefined): void;
  /** What the requests of this method were. */
  sent(method: string): Request[];
}

/** In the place of the network: services that speak the settings HTTP API, each below its path. */
function network(services: Readonly<Record<string, SettingsAdapter>>): Network {
  const usual = window.fetch.bind(window);
  const queues = new Map<string, (Answer | 'serve')[]>();
  let broken: Answer | undefined;
  const asked: Request[] = [];
  const streams: string[] = [];
  const handlers = Object.entries(services).map(([base, adapter]) => [base, httpBridge(base, () => adapter)] as const);
  window.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { pathname } = new URL(request.url);
    const [base, serve] = handlers.find(([path]) => pathname.startsWith(`${path}/`)) ?? [];
    if (base === undefined || serve === undefined) return usual(request);
    // As the real fetch: the one that listens to the abort has to be the original.
    asked.push(request.clone());
    if (broken) return broken(request);
    const answer = queues.get(request.method)?.shift() ?? 'serve';
    if (pathname === `${base}/events`) {
      streams.push(base);
      request.signal.addEventListener('abort', () => { streams.splice(streams.indexOf(base), 1); });
    }
    return answer === 'serve' ? serve(request) : answer(request);
  };
  afterThisTest(() => { window.fetch = usual; });
  return {
    asked,
    streams,
    instead: (method, ...answers) => { queues.set(method, answers); },
    down: (answer) => { broken = answer; },
    sent: (method) => asked.filter((request) => request.method === method),
  };
}

const unavailable: Answer = () => Promise.resolve(new Response('<h1>503</h1>', { status: 503, headers: { 'Content-Type': 'text/html' } }));
const loginPage: Answer = () => Promise.resolve(new Response('<!doctype html><title>Hush: sign in</title><h1>Hush</h1>', { headers: { 'Content-Type': 'text/html' } }));
const noConnection: Answer = () => Promise.reject(new TypeError('Failed to fetch'));

/** The server does it; of its answer half arrives, and then the connection breaks (or nothing tells that it did). */
function half(adapter: SettingsAdapter, base: string, breaks: boolean): Answer {
  return async (request) => {
    const whole = await httpBridge(base, () => adapter)(request);
    const text = await whole.text();
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => { controller.enqueue(new TextEncoder().encode(text.slice(0, text.length / 2))); },
      pull: (controller) => {
        if (breaks) controller.error(new TypeError('network error'));
        else controller.close();
      },
    });
    return new Response(body, { status: whole.status, headers: whole.headers });
  };
}

/** Plain HTML, as a page has it. */
async function page(markup: string): Promise<{ root: HTMLElement; provider: UfProvider }> {
  await import('../../../src/define/all.js');
  const root = place();
  root.append(document.createRange().createContextualFragment(markup));
  const provider = root.querySelector('uf-provider');
  if (!provider) throw new Error('There is no provider in the markup.');
  return { root, provider };
}

function demo(): { backend: MemoryBackend; adapter: SettingsAdapter } {
  const backend = createMemoryBackend();
  return { backend, adapter: backend.connect().adapter };
}

const PROFILE = '<uf-provider base-url="/api/settings"><uf-account sections="profile"></uf-account></uf-provider>';

describe('<uf-provider base-url>', () => {
  it('loads and saves through the server, with no script of the page', async () => {
    const { backend, adapter } = demo();
    const net = network({ '/api/settings': adapter });
    const { root, provider } = await page(PROFILE);
    const name = await findField('Your name');
    expect(name.value).to.equal('Ada Lovelace');
    expect(provider.auth?.user.name).to.equal('Ada Lovelace');
    await type(name, 'Ada King');
    await press(get('button', 'Save details, Your details'));
    await reads('Saved', root);
    const [write] = net.sent('PATCH');
    expect(new URL(write?.url ?? '').pathname).to.equal('/api/settings/me');
    expect(await write?.json()).to.deep.equal({ name: 'Ada King' });
    expect(write?.headers.get('If-Match')).to.match(/^"\w+"$/);
    expect(write?.headers.get('Idempotency-Key')).to.match(/^[\da-f]{32}$/);
    for (const request of net.asked) expect([request.credentials, request.cache, request.redirect]).to.deep.equal(['same-origin', 'no-store', 'error']);
    expect((await backend.connect().adapter.call('auth.context', undefined)).user.name).to.equal('Ada King');
  });

  it('asks who is signed in once, and once more when nothing answered', async () => {
    const { adapter } = demo();
    const net = network({ '/api/settings': adapter });
    const questions = (): number => net.asked.filter(({ url }) => url.endsWith('/context')).length;
    const { root } = await page(PROFILE);
    await findField('Your name');
    expect(questions()).to.equal(1);
    root.replaceChildren();
    net.instead('GET', noConnection);
    root.append(document.createRange().createContextualFragment(PROFILE));
    await findField('Your name');
    expect(questions()).to.equal(3);
  });

  it('tells the page who is signed in, and asks again on refresh()', async () => {
    const session = createMemoryBackend().connect(null);
    network({ '/api/settings': session.adapter });
    const root = place();
    const heard = listen(root, 'uf-auth-change');
    const first = next(root, 'uf-auth-change');
    root.append(document.createRange().createContextualFragment(PROFILE));
    expect((await first).detail.auth).to.be.null;
    await reads('You’re signed out', root);
    await session.signIn({ email: 'ada@example.com', password: 'analytical-engine-1843' });
    await root.querySelector('uf-provider')?.refresh();
    await findField('Your name');
    expect(heard).to.have.length(2);
  });

  it('credentials="include" sends cookies to another origin, and may change', async () => {
    const { adapter } = demo();
    const net = network({ '/api/settings': adapter });
    const { provider } = await page(PROFILE.replace('base-url', 'credentials="include" base-url'));
    await findField('Your name');
    expect(new Set(net.asked.map(({ credentials }) => credentials))).to.deep.equal(new Set(['include']));
    const before = net.asked.length;
    provider.setAttribute('credentials', 'omit');
    await until(() => net.asked.length > before, 'a request');
    expect(net.asked.slice(before).map(({ credentials }) => credentials)).to.include('omit');
  });

  it('shows another server’s person when it is switched, and nobody when it is taken away', async () => {
    const ada = demo();
    const mary = createMemoryBackend({ world: memberWorld() }).connect().adapter;
    const net = network({ '/api/settings': ada.adapter, '/api/other': mary });
    const { root, provider } = await page(PROFILE);
    expect((await findField('Your name')).value).to.equal('Ada Lovelace');
    await until(() => net.streams.length === 1, 'the event stream');
    provider.setAttribute('base-url', '/api/other');
    await eventually(() => { expect(field('Your name').value).to.equal('Mary Somerville'); });
    await until(() => net.streams.join() === '/api/other', () => `one stream, of the other: ${net.streams.join()}`);
    const before = net.asked.length;
    // What happens there is of no interest any more.
    await ada.backend.connect().adapter.call('profile.update', { name: 'Ada King' });
    provider.removeAttribute('base-url');
    await until(() => net.streams.length === 0, 'the end of the stream');
    await until(() => provider.client === undefined, 'no client');
    expect(provider.auth).to.be.null;
    expect(shown(root)).not.to.include('Somerville');
    expect(net.asked.slice(before).map(({ url }) => url)).to.be.empty;
  });

  it('gives way to the adapter property, without a request, and comes back', async () => {
    const mary = createMemoryBackend({ world: memberWorld() }).connect().adapter;
    const net = network({ '/api/settings': mary });
    await import('../../../src/define/all.js');
    const provider = document.createElement('uf-provider');
    provider.baseUrl = '/api/settings';
    provider.adapter = demo().adapter;
    provider.innerHTML = '<uf-account sections="profile"></uf-account>';
    place().append(provider);
    expect((await findField('Your name')).value).to.equal('Ada Lovelace');
    provider.baseUrl = '/api/settings/';
    await provider.updateComplete;
    expect(net.asked.map(({ url }) => url)).to.be.empty;
    provider.adapter = undefined;
    await eventually(() => { expect(field('Your name').value).to.equal('Mary Somerville'); });
    expect(net.asked.length).to.be.greaterThan(0);
  });

  for (const [markup, line] of [
    ['<uf-provider base-url="">', /^<uf-provider> cannot connect: the base URL "" cannot be used: it is a path like "\/api\/settings" or an http\(s\) URL\.$/],
    ['<uf-provider base-url="ftp://example.com/">', /^<uf-provider> cannot connect: the base URL "ftp:/],
    ['<uf-provider base-url="http://">', /^<uf-provider> cannot connect: the base URL "http:/],
    ['<uf-provider base-url="https://ada:hush@example.com/">', /^<uf-provider> cannot connect: the base URL must not hold a name, a password/],
    ['<uf-provider base-url="/api/settings" credentials="yes">', /^<uf-provider> cannot connect: credentials cannot be "yes": it is one of same-origin, include, omit\.$/],
  ] as const) {
    it(`${markup} says once to its author what is wrong; the page stays whole`, async () => {
      const net = network({ '/api/settings': demo().adapter });
      const lines = hearConsole();
      const { root, provider } = await page(`${markup}<uf-account sections="profile"></uf-account><uf-company></uf-company></uf-provider>`);
      await until(() => shown(root).includes('Could not load your account') && lines.length > 0, () => `the failure: ${shown(root)} ${lines.join()}`);
      expect(lines).to.have.length(1);
      expect(lines[0]).to.match(line);
      expect(lines[0]).not.to.include('hush');
      expect(net.asked.map(({ url }) => url)).to.be.empty;
      provider.removeAttribute('credentials');
      provider.setAttribute('base-url', '/api/settings');
      await findField('Your name');
      expect(lines).to.have.length(1);
    });
  }
});

describe('With a server that fails, the widgets', () => {
  it('save through a moment of 503, with one effect', async () => {
    const { adapter } = demo();
    const net = network({ '/api/settings': adapter });
    const { root } = await page(PROFILE);
    await type(await findField('Your name'), 'Ada King');
    net.instead('PATCH', unavailable, noConnection, 'serve');
    await press(get('button', 'Save details, Your details'));
    await reads('Saved', root);
    const keys = net.sent('PATCH').map(({ headers }) => headers.get('Idempotency-Key'));
    expect(keys).to.have.length(3);
    expect(new Set(keys).size).to.equal(1);
    expect(shown(root)).not.to.include('did not answer');
  });

  it('say that it did not answer when it stays away, keep what was typed, and save it under the same key afterwards', async () => {
    const { adapter } = demo();
    const net = network({ '/api/settings': adapter });
    const { root } = await page(PROFILE);
    await type(await findField('Your name'), 'Ada King');
    net.down(unavailable);
    const heard = listen(root, 'uf-error');
    await press(get('button', 'Save details, Your details'));
    await reads('The server did not answer. Nothing you typed is lost: try again.', root);
    expect(heard).to.deep.equal([{ type: 'uf-error', detail: { operation: 'profile.update', kind: 'unavailable' } }]);
    expect(field('Your name').value).to.equal('Ada King');
    net.down(undefined);
    await press(get('button', 'Save details, Your details'));
    await reads('Saved', root);
    const keys = net.sent('PATCH').map(({ headers }) => headers.get('Idempotency-Key'));
    expect(keys).to.have.length(5);
    expect(new Set(keys).size).to.equal(1);
  });

  it('never show a login page that comes instead, keep what was typed, and save when the server is itself again', async () => {
    const net = network({ '/api/settings': demo().adapter });
    const { root } = await page(PROFILE);
    await type(await findField('Your name'), 'Ada King');
    net.instead('PATCH', loginPage);
    await press(get('button', 'Save details, Your details'));
    await reads('Something went wrong on our side. Nothing you typed is lost: try again.', root);
    expect(shown()).not.to.include('Hush');
    expect(field('Your name').value).to.equal('Ada King');
    await press(get('button', 'Save details, Your details'));
    await reads('Saved', root);
  });

  it('do not mind an answer that is cut on its way: the server has it once, the person reads "Saved"', async () => {
    const { adapter } = demo();
    const net = network({ '/api/settings': adapter });
    const { root, provider } = await page(PROFILE);
    const name = await findField('Your name');
    const before = Number(provider.auth?.user.version);
    await type(name, 'Ada King');
    net.instead('PATCH', half(adapter, '/api/settings', true));
    await press(get('button', 'Save details, Your details'));
    await reads('Saved', root);
    expect(net.sent('PATCH')).to.have.length(2);
    await provider.refresh();
    expect(Number(provider.auth?.user.version)).to.equal(before + 1);
  });

  it('say so when half an answer looks whole, and pressing again has no second effect', async () => {
    const { adapter } = demo();
    const net = network({ '/api/settings': adapter });
    const { root, provider } = await page(PROFILE);
    const name = await findField('Your name');
    const before = Number(provider.auth?.user.version);
    await type(name, 'Ada King');
    net.instead('PATCH', half(adapter, '/api/settings', false));
    await press(get('button', 'Save details, Your details'));
    await reads('Something went wrong on our side.', root);
    expect(field('Your name').value).to.equal('Ada King');
    await press(get('button', 'Save details, Your details'));
    await reads('Saved', root);
    await provider.refresh();
    expect(Number(provider.auth?.user.version)).to.equal(before + 1);
  });

  for (const [what, answer] of [['a login page', loginPage], ['nothing', noConnection], ['503', unavailable]] as const) {
    it(`say "Could not load" when the first answer is ${what}, and load on Retry`, async () => {
      const net = network({ '/api/settings': demo().adapter });
      net.down(answer);
      const { root } = await page(PROFILE);
      await reads('Could not load your account', root);
      net.down(undefined);
      await press(get('button', 'Retry, your account'));
      await findField('Your name');
    });
  }
});

describe('What changes elsewhere, over HTTP,', () => {
  const COMPANY = '<uf-provider base-url="/api/settings"><uf-company></uf-company></uf-provider>';

  it('is shown', async () => {
    const { backend, adapter } = demo();
    const net = network({ '/api/settings': adapter });
    await page(COMPANY);
    await findField('Organisation name');
    await until(() => net.streams.length === 1, 'the event stream');
    await backend.connect('charles@example.com').adapter.call('company.update', { name: 'Difference Engines' });
    await eventually(() => { expect(field('Organisation name').value).to.equal('Difference Engines'); });
  });

  it('is not listened to while the provider is out of the page, and made good for when it is back', async () => {
    const { backend, adapter } = demo();
    const net = network({ '/api/settings': adapter });
    const { root, provider } = await page(COMPANY);
    await findField('Organisation name');
    await until(() => net.streams.length === 1, 'the event stream');
    provider.remove();
    await until(() => net.streams.length === 0, 'the end of the stream');
    await backend.connect('charles@example.com').adapter.call('company.update', { name: 'Difference Engines' });
    root.append(provider);
    await eventually(() => { expect(field('Organisation name').value).to.equal('Difference Engines'); });
    await until(() => net.streams.length === 1, 'a stream again');
  });

  it('is not told by a server without events, which is asked once', async () => {
    const net = network({ '/api/settings': demo().adapter });
    const usual = window.fetch.bind(window);
    let asked = 0;
    window.fetch = (input, init) => {
      if (!(input instanceof Request && input.url.endsWith('/events'))) return usual(input, init);
      asked += 1;
      return Promise.resolve(new Response('{"code":"unknown-path"}', { status: 404, headers: { 'Content-Type': 'application/problem+json' } }));
    };
    const { provider } = await page(COMPANY);
    await find('textbox', 'Organisation name');
    await until(() => asked === 1, 'the question');
    await provider.refresh();
    await provider.refresh();
    expect(asked).to.equal(1);
    expect(net.streams).to.be.empty;
  });
});
