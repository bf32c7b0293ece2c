/** The place of a story: one of the named worlds of the memory backend, a provider round the widget, a time that stands still. */
import { html, noChange, type ElementPart, type TemplateResult } from 'lit';
import { Directive, directive } from 'lit/directive.js';
import { ADA_TOTP_SECRET, createMemoryBackend, keyLifecycleWorld, type Faults, type MemoryBackend, type World } from '../../src/adapters/memory/index.js';
import { fromBase32 } from '../../src/rules/bytes.js';
import { hotp, timeStep } from '../../src/rules/totp.js';
import { UfProvider } from '../../src/define/all.js';

/** When the stories happen: 14 November 2026, about noon. */
export const MOMENT = Date.UTC(2026, 10, 14, 11);
const realNow = Date.now;

/** For `beforeEach`: the widgets reckon "2 minutes ago" from the same moment as the backend, each time the story is looked at. */
export function stopTime(): () => void {
  Date.now = () => MOMENT;
  return () => {
    Date.now = realNow;
  };
}

/** What Ada's authenticator app shows at {@link MOMENT}. */
export function adasCode(): Promise<string> {
  return hotp(fromBase32(ADA_TOTP_SECRET), timeStep(MOMENT));
}

/** The last four characters of a key of the lifecycle world. */
export function lastFour(name: string): string {
  return keyLifecycleWorld().organisations.flatMap(({ keys }) => keys).find((key) => key.name === name)?.secret.slice(-4) ?? '';
}

/** For `arrange`: as a backend that keeps hashes of its keys, and so can show none a second time. */
export async function creationOnly(backend: MemoryBackend): Promise<void> {
  const context = await backend.connect().adapter.call('auth.context', undefined);
  const { policy } = context;
  backend.faults.answer('auth.context', { ...context, policy: { ...policy, apiKeys: { ...policy.apiKeys, reveal: 'creation-only' } } });
}

/** The set-up of multi-factor authentication shows the same QR code each time; no code is right for it. */
export function sameKeyEachTime(faults: Faults): void {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  faults.answer('mfa.begin', {
    enrolmentId: 'enrolment-1',
    secret,
    uri: `otpauth://totp/UserFlux:ada%40example.com?secret=${secret}&issuer=UserFlux&algorithm=SHA1&digits=6&period=30`,
    digits: 6,
    period: 30,
    algorithm: 'SHA1',
    expiresAt: new Date(MOMENT + 600_000).toISOString(),
  });
}

export interface WorldOptions {
  /** Who is signed in, by address; null: nobody. Without it, whom the world names. */
  as?: string | null;
  /** What goes wrong, from the first call on. */
  faults?: (faults: Faults) => void;
  /** The backend's time; {@link MOMENT} unless told. With `Date.now` the codes of an app on a real phone are right. */
  clock?: () => number;
  /** Once, before the widget asks for anything. */
  arrange?: (backend: MemoryBackend, provider: UfProvider) => void | Promise<void>;
}

/** Waits until the widgets know who is signed in: what is saved before that is told to wait. */
export async function known(canvas: Element): Promise<void> {
  const provider = canvas.querySelector<UfProvider>('uf-provider');
  if (provider && !provider.auth) await new Promise((resolve) => { provider.addEventListener('uf-auth-change', resolve, { once: true }); });
}

const backends = new WeakMap<Element, MemoryBackend>();

/** The backend of a story that is drawn in this canvas. */
export function backendOf(canvas: Element): MemoryBackend {
  const backend = [...canvas.querySelectorAll('uf-provider')].map((provider) => backends.get(provider)).find(Boolean);
  if (!backend) throw new Error('This story has no backend: draw it with withWorld().');
  return backend;
}

function connect(provider: UfProvider, world: () => World, options: WorldOptions): void {
  const backend = createMemoryBackend({ world: world(), clock: options.clock ?? (() => MOMENT) });
  options.faults?.(backend.faults);
  backends.set(provider, backend);
  const start = (): void => {
    provider.adapter = backend.connect(options.as).adapter;
  };
  const arranged = options.arrange?.(backend, provider);
  if (arranged) void arranged.then(start);
  else start();
}

/** Gives a provider a backend of its own when it is made, and leaves it alone when a control of the story changes. */
class OwnBackend extends Directive {
  #made = false;

  // Called by Lit with what the template passes.
  render(_world: () => World, _options: WorldOptions): typeof noChange {
    return noChange;
  }

  override update({ element }: ElementPart, [world, options]: [() => World, WorldOptions]): typeof noChange {
    if (this.#made || !(element instanceof UfProvider)) return noChange;
    this.#made = true;
    queueMicrotask(() => {
      // Storybook draws each story a second time, outside the page, to show its source.
      if (element.isConnected) connect(element, world, options);
    });
    return noChange;
  }
}

const ownBackend = directive(OwnBackend);

/** The `render` of a story: its template inside a provider, on a fresh backend that begins as this world. */
export function withWorld<Args = unknown>(world: () => World, template: (args: Args) => unknown, options: WorldOptions = {}): (args: Args) => TemplateResult {
  return (args) => html`<uf-provider ${ownBackend(world, options)}>${template(args)}</uf-provider>`;
}

/** Parameters of a story that acts, opens a dialog or changes the page: on the docs page it stands in a frame of its own. */
export function ownFrame(height: number): { docs: { story: { inline: false; height: string } } } {
  return { docs: { story: { inline: false, height: `${String(height)}px` } } };
}
