/** The script of the page under a strict policy (see `strictPage()` in scripts/engines.mjs): plays scenes, and keeps what the browser blocked. */
import { createMemoryBackend, demoWorld } from '../../src/adapters/memory/index.js';
import '../../src/define/all.js';
import { scenes } from './strict-scenes.js';
import { next } from './wait.js';

export interface StrictPage {
  /** Plays one scene and clears it away; answers what was blocked meanwhile. */
  play(name: string): Promise<readonly string[]>;
  /** What the browser says to something that the policy forbids. */
  provoke(): Promise<readonly string[]>;
}

declare global {
  interface Window {
    strictPage?: StrictPage;
  }
}

/** Widgets that tell when their data has come. */
const LOADING: readonly string[] = ['uf-account', 'uf-company', 'uf-team', 'uf-api-keys', 'uf-settings', 'uf-audit-log'];

let blocked: string[] = [];
addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample, sourceFile, lineNumber }) => {
  blocked.push([effectiveDirective, blockedURI, sample, `${sourceFile}:${String(lineNumber)}`].join(' '));
});

// What was blocked may only show as a mistake of whoever needed it.
addEventListener('error', ({ message }) => void blocked.push(message));
addEventListener('unhandledrejection', ({ reason }) => void blocked.push(String(reason)));

/** Violations are told a moment after what they are of. */
async function drain(): Promise<readonly string[]> {
  for (let turn = 0; turn < 3; turn++) await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const told = blocked;
  blocked = [];
  return told;
}

async function play(name: string): Promise<readonly string[]> {
  const scene = scenes[name];
  if (!scene) throw new Error(`There is no scene "${name}".`);
  document.documentElement.lang = 'en';
  const backend = createMemoryBackend({ world: (scene.world ?? demoWorld)() });
  await backend.ready;
  const session = scene.as === undefined ? backend.connect() : backend.connect(scene.as);
  const provider = document.createElement('uf-provider');
  const widget = document.createElement(scene.tag);
  const ready = LOADING.includes(scene.tag) ? next(widget, 'uf-ready') : undefined;
  provider.append(widget);
  provider.adapter = session.adapter;
  document.body.append(provider);
  try {
    await ready;
    await scene.play(provider);
    return await drain();
  } finally {
    provider.remove();
  }
}

async function provoke(): Promise<readonly string[]> {
  document.body.setAttribute('style', 'color: red');
  try {
    document.body.insertAdjacentHTML('beforeend', '<p>A string is no markup.</p>');
  } catch {
    // So it should.
  }
  return drain();
}

window.strictPage = { play, provoke };
