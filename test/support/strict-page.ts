/** The script of the page under a strict policy (see `strictPage()` in scripts/engines.mjs): plays scenes, and keeps what the browser blocked. */
import '../../src/define/all.js';
import { playScene } from './strict-scenes.js';

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
  document.documentElement.lang = 'en';
  let provider: HTMLElement | undefined;
  try {
    await playScene(name, (made) => {
      provider = made;
      document.body.append(made);
    });
    return await drain();
  } finally {
    provider?.remove();
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
