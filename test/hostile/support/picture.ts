import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

/** How much of a picture may differ, as a share of its pixels. Painted again from the same boxes, nothing does. */
export const TOLERANCE = {
  same: 0,
  /** In a layer of its own, letters and hairlines are smoothed otherwise. */
  resampled: 0.002,
} as const;

/** For people who want to see: HOSTILE_SCREENSHOTS names the folder. */
export function keep(name: string, picture: Buffer): void {
  const folder = process.env['HOSTILE_SCREENSHOTS'];
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.png`), picture);
}

/** What share of the pixels differs; 1 where the sizes do. */
export function difference(name: string, picture: Buffer, reference: Buffer): number {
  const [one, other] = [PNG.sync.read(picture), PNG.sync.read(reference)];
  keep(name, picture);
  if (one.width !== other.width || one.height !== other.height) return 1;
  const marked = new PNG({ width: one.width, height: one.height });
  const pixels = pixelmatch(one.data, other.data, marked.data, one.width, one.height, { threshold: 0.1 });
  if (pixels > 0) keep(`${name}.difference`, PNG.sync.write(marked));
  return pixels / (one.width * one.height);
}
