/** Installs what is missing, so that `npm start` and `npm test` work straight after `git clone`. Needs nothing but Node. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from './chromium.mjs';

export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * @param {string} command
 * @param {string[]} args
 */
function run(command, args) {
  // npm is a .cmd file on Windows, which needs a shell.
  return spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' }).status === 0;
}

/**
 * @param {string} message
 * @returns {never}
 */
function stop(message) {
  console.error(`\n${message}\n`);
  process.exit(1);
}

/** npm writes what it installed to node_modules/.package-lock.json: our stamp. Optional packages depend on the machine. */
function packagesAreInstalled() {
  const stamp = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(stamp)) return false;
  /** @param {string} file @returns {Record<string, { version: string, optional?: boolean }>} */
  const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const installed = packagesOf(stamp);
  return Object.entries(packagesOf(join(root, 'package-lock.json'))).every(
    ([path, { version, optional }]) => path === '' || optional || installed[path]?.version === version,
  );
}

export function installPackages() {
  if (packagesAreInstalled()) return;
  console.log('Installing the npm packages (once, about a minute) ...');
  if (!run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error'])) stop('"npm ci" failed: see above.');
}

export function installChromium() {
  if (findChromium()) return;
  if (process.env['CHROMIUM_PATH']) stop(`CHROMIUM_PATH names no browser that starts: ${process.env['CHROMIUM_PATH']}`);
  const apt = existsSync('/usr/bin/apt-get');
  if (apt && process.getuid?.() === 0) {
    console.log('Installing Chromium (once) ...');
    process.env['DEBIAN_FRONTEND'] = 'noninteractive';
    if (run('apt-get', ['update', '-qq']) && run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation']) && findChromium()) return;
  }
  const how = apt ? 'sudo apt-get install chromium' : { darwin: 'brew install --cask chromium', win32: 'winget install Google.Chrome' }[String(process.platform)];
  stop(`The tests drive a Chromium, and there is none here. Install one${how ? `:\n\n    ${how}\n\n` : ' with your package manager, '}or point to one: CHROMIUM_PATH=/path/to/chromium npm test`);
}
