import { createMemoryBackend, type Mail, type MemoryBackend, type MemoryBackendOptions, type MemorySession } from '../../src/adapters/memory/index.js';
import type { SettingsAdapter } from '../../src/contract/index.js';
import type { UfProvider } from '../../src/define/all.js';
import { Authenticator, movableClock, type MovableClock } from './authenticator.js';
import { everything, all, find, focused, get, gone, nameOf, shown } from './query.js';
import { keys, press, type } from './keys.js';
import { frame, next, until } from './wait.js';
import type { UfEventMap } from '../../src/lit/events.js';

export interface StageOptions extends Omit<MemoryBackendOptions, 'clock'> {
  /** Who is signed in; whom the world names unless told. */
  as?: string | null;
  /** Wait until each widget shows data; false for worlds in which none comes. */
  ready?: boolean;
  /** The width of the page's column in CSS pixels. */
  width?: number;
  /** What the page is given in the place of the session's adapter. */
  adapter?: (adapter: SettingsAdapter) => SettingsAdapter;
}

/** A page with a provider, a backend behind it, and what stands inside. */
export interface Stage {
  readonly root: HTMLElement;
  readonly provider: UfProvider;
  readonly backend: MemoryBackend;
  readonly session: MemorySession;
  readonly clock: MovableClock;
  /** The mails sent since the stage stands, the oldest first. */
  mails(to?: string): readonly Mail[];
  element<Tag extends keyof HTMLElementTagNameMap>(tag: Tag): HTMLElementTagNameMap[Tag];
}

const WIDGETS = 'uf-account, uf-company, uf-team, uf-api-keys, uf-settings, uf-audit-log';
let roots: HTMLElement[] = [];

/** A place in the page that goes after the test. */
export function place(width?: number): HTMLElement {
  const root = document.createElement('div');
  if (width !== undefined) root.style.inlineSize = `${width}px`;
  document.body.append(root);
  roots.push(root);
  return root;
}

/** Puts widgets inside a provider with a backend of their own. */
export async function mount(markup: string, options: StageOptions = {}): Promise<Stage> {
  const { as, ready = true, width, adapter = (own: SettingsAdapter) => own, ...rest } = options;
  await import('../../src/define/all.js');
  const clock = movableClock();
  const backend = createMemoryBackend({ ...rest, clock });
  await backend.ready;
  const before = backend.outbox.mails.length;
  const session = as === undefined ? backend.connect() : backend.connect(as);
  const root = place(width);
  const provider = document.createElement('uf-provider');
  provider.innerHTML = markup;
  const loaded = ready ? [...provider.querySelectorAll(WIDGETS)].map((widget) => next(widget, 'uf-ready')) : [];
  provider.adapter = adapter(session.adapter);
  root.append(provider);
  await Promise.all(loaded);
  if (ready) {
    await import('../../src/elements/company/country-field.js');
    await until(() => [...everything(root)].every((element) => !element.matches('.section[aria-hidden], form[inert]')), 'the files of all sections');
  }
  return {
    root,
    provider,
    backend,
    session,
    clock,
    mails: (to) => backend.outbox.mails.slice(before).filter((mail) => to === undefined || mail.to === to),
    element: (tag) => {
      const found = root.querySelector(tag);
      if (!found) throw new Error(`There is no <${tag}> on the stage.`);
      return found;
    },
  };
}

// Longer than any wait inside: what is waited for in vain should say so itself. A test of many keys on a machine under load takes its time.
beforeEach(function patience() {
  this.currentTest?.timeout(40_000);
});

function clearToasts(): void {
  for (const element of everything()) {
    if (element.getAttribute('part') === 'toasts') for (const button of element.querySelectorAll('button')) button.click();
  }
}

afterEach(async () => {
  for (const root of roots) root.remove();
  roots = [];
  // A toast whose module is on its way belongs to this test, not to the next: ours comes after it.
  await import('../../src/ui/toasts.js');
  await frame();
  clearToasts();
  // What was said in one test is not heard in the next.
  for (const element of everything()) if (element.getAttribute('role') === 'status') element.textContent = '';
});

/** The events of the library, in order, as a page hears them. */
export function listen(target: EventTarget, ...types: readonly (keyof UfEventMap)[]): { type: string; detail: unknown }[] {
  const heard: { type: string; detail: unknown }[] = [];
  for (const name of types) {
    target.addEventListener(name, (event) => {
      heard.push({ type: name, detail: (event as CustomEvent<unknown>).detail });
    });
  }
  return heard;
}

export const EVENT_TYPES: readonly (keyof UfEventMap)[] = ['uf-before-change', 'uf-change', 'uf-error', 'uf-sign-out', 'uf-tab-change', 'uf-ready', 'uf-auth-change', 'uf-open-settings'];

/** What is written to the console until the test ends. */
export function hearConsole(): string[] {
  const lines: string[] = [];
  const usual = new Map<'log' | 'info' | 'debug' | 'warn' | 'error', (...data: unknown[]) => void>();
  for (const name of ['log', 'info', 'debug', 'warn', 'error'] as const) {
    usual.set(name, console[name].bind(console));
    console[name] = (...data: unknown[]) => {
      lines.push(data.map((one) => (one instanceof Error ? `${one.message} ${one.stack ?? ''}` : typeof one === 'string' ? one : JSON.stringify(one))).join(' '));
    };
  }
  restore.push(() => {
    for (const [name, original] of usual) console[name] = original;
  });
  return lines;
}

let restore: (() => void)[] = [];

/** Something to be put back after the test. */
export function afterThisTest(work: () => void): void {
  restore.push(work);
}

afterEach(() => {
  for (const work of restore.reverse()) work();
  restore = [];
});

/** The network goes, as the browser tells it. */
export function goOffline(): () => void {
  Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false });
  dispatchEvent(new Event('offline'));
  const back = (): void => {
    if (!Object.hasOwn(navigator, 'onLine')) return;
    Reflect.deleteProperty(navigator, 'onLine');
    dispatchEvent(new Event('online'));
  };
  afterThisTest(back);
  return back;
}

/** Whether the browser would ask before the page goes. */
export function asksBeforeLeaving(): boolean {
  const event = new Event('beforeunload', { cancelable: true });
  dispatchEvent(event);
  return event.defaultPrevented;
}

/** Answers "Complete MFA" (or "Confirm that it is you"). */
export async function completeMfa(code: string): Promise<HTMLElement> {
  const dialog = await find('dialog', 'Complete MFA');
  await type(get('textbox', 'One-time code', dialog), code);
  await press(get('button', 'Verify', dialog));
  return dialog;
}

const MFA_CODE = 'Enter your one-time code here';

/** The key of the set-up of MFA, read as a person does who cannot scan. */
export async function mfaKey({ root }: Pick<Stage, 'root'>): Promise<string> {
  await find('textbox', MFA_CODE);
  return /Or type this key into the app\s+((?:[A-Z2-7]{4}\s?)+)/.exec(shown(root))?.[1]?.replace(/\s/g, '') ?? '';
}

/** An authenticator app with that key. */
export async function scanMfa(stage: Pick<Stage, 'root' | 'clock'>): Promise<Authenticator> {
  return new Authenticator(await mfaKey(stage), stage.clock);
}

/** Sets up the authenticator app that the screen asks for, as far as the recovery codes. */
export async function setUpMfa(stage: Pick<Stage, 'root' | 'clock'>): Promise<Authenticator> {
  const phone = await scanMfa(stage);
  await type(get('textbox', MFA_CODE, stage.root), phone.code());
  await keys('Enter');
  return phone;
}

/** Says that the recovery codes are saved; answers them. */
export async function saveRecoveryCodes(): Promise<string[]> {
  const dialog = await find('dialog', 'Save your recovery codes');
  const codes = all('listitem', undefined, dialog).map((item) => item.textContent.trim());
  await press(get('checkbox', 'I have saved them', dialog));
  await press(get('button', 'Done', dialog));
  await gone('dialog', 'Save your recovery codes');
  return codes;
}

/** The question after a conflict, once it has taken the focus; answers one of its two buttons. */
export async function conflictAnswer(name: 'Keep mine' | 'Take theirs'): Promise<HTMLElement> {
  const button = await find('button', name);
  await until(() => focused()?.contains(button), 'the focus at the question');
  return button;
}

/** The names of all buttons on the screen: no two may be the same. */
export function doubledNames(root: Node = document.body): string[] {
  const names = all('button', undefined, root).map(nameOf);
  return names.filter((name, index) => names.indexOf(name) !== index);
}

/** Waits until the widget has drawn all that it knows. */
export async function drawn(element: Element & { updateComplete: Promise<boolean> }): Promise<void> {
  await until(() => element.isConnected, 'the element in the page');
  while (!(await element.updateComplete));
}
