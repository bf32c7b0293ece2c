import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const { env, platform } = process;

/** Where browsers of the Chromium family live; what CHROMIUM_PATH says comes first. */
function candidates() {
  if (env['CHROMIUM_PATH']) return [env['CHROMIUM_PATH']];
  if (platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'].map((app) => `/Applications/${app}.app/Contents/MacOS/${app}`);
  }
  if (platform === 'win32') {
    const roots = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].filter((root) => root !== undefined);
    return roots.flatMap((root) => ['Google/Chrome/Application/chrome.exe', 'Chromium/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'].map((path) => join(root, path)));
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const folders = ['/usr/bin', ...(env['PATH'] ?? '').split(':').filter(Boolean)];
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/**
 * A browser that starts: Ubuntu's /usr/bin/chromium-browser may be a stub that only names the snap. (On Windows
 * `--version` would open a window, so there the file has to do.)
 * @param {string} path
 */
function works(path) {
  return existsSync(path) && (platform === 'win32' || spawnSync(path, ['--version'], { stdio: 'ignore' }).status === 0);
}

/** The path of a Chromium, or undefined. */
export function findChromium() {
  return candidates().find(works);
}

/** The path of a Chromium; throws where there is none. `npm test` has installed one by then. */
export function chromiumPath() {
  const path = findChromium();
  if (path === undefined) throw new Error('No Chromium found: run "npm test" once, or set CHROMIUM_PATH.');
  return path;
}

/** Quiet, and able to run as root in a container: the browser loads nothing but our own pages. */
export const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // The address bar's own web pages: a renderer more for each window, which nobody sees.
  '--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,Translate,OptimizationHints,MediaRouter',
];
