import decode from 'jsqr';
import type { Locator } from 'playwright-core';
import { PNG } from 'pngjs';

/** What a phone's camera sees: the QR code on the screen, read by software that is not ours. */
export async function scan(code: Locator): Promise<string> {
  const { data, width, height } = PNG.sync.read(await code.screenshot());
  const found = decodeQr(new Uint8ClampedArray(data), width, height);
  if (!found) throw new Error('No QR code can be read off the screen.');
  return found.data;
}

// Published as CommonJS: Node's default import is the module, a bundler's is the function in it.
const decodeQr = 'default' in decode ? (decode as { default: typeof decode }).default : decode;
