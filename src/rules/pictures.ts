import { SettingsError } from '../contract/errors.js';
import { PICTURE_BYTES } from '../contract/schema.js';
import type { Input } from '../contract/operations.js';
import type { Bytes } from './bytes.js';

/**
 * Pictures as strangers send them: what they are is read from their bytes, never from what is said of them, and only the parts that draw them
 * are kept. So no place, date or device (EXIF, XMP, comments) stays in one, nor a second file behind its end.
 */

export type Picture = Input<'avatar.set'>;

/** Pixels. */
export const PICTURE_SIDE = 512;

interface Known {
  type: Picture['type'];
  width: number;
  height: number;
  /** The parts to keep, in their order. */
  parts: Uint8Array[];
}

/** Thrown and caught here: the file is not what its first bytes promise. */
class Broken extends Error {}

function ensure(right: boolean): asserts right {
  if (!right) throw new Broken();
}

/** Reads numbers and names; looking behind the end is as wrong as anything else. */
class Reader {
  readonly #view: DataView;
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  uint8(at: number): number {
    ensure(at < this.bytes.length);
    return this.#view.getUint8(at);
  }

  uint16(at: number, little = false): number {
    ensure(at + 2 <= this.bytes.length);
    return this.#view.getUint16(at, little);
  }

  uint24(at: number): number {
    return this.uint16(at, true) | (this.uint8(at + 2) << 16);
  }

  uint32(at: number, little = false): number {
    ensure(at + 4 <= this.bytes.length);
    return this.#view.getUint32(at, little);
  }

  name(at: number): string {
    return String.fromCharCode(...this.bytes.subarray(at, at + 4));
  }

  slice(from: number, to: number): Uint8Array {
    ensure(to <= this.bytes.length);
    return this.bytes.subarray(from, to);
  }
}

const PNG_START = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Beside IHDR, IDAT and IEND: palette, transparency, and what the colours mean (PNG 3, 11.3). */
const PNG_PARTS = ['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'cHRM', 'gAMA', 'iCCP', 'sBIT', 'sRGB', 'cICP', 'bKGD', 'pHYs'];

function readPng(reader: Reader): Known {
  const parts = [reader.slice(0, 8)];
  ensure(reader.name(12) === 'IHDR');
  for (let at = 8; ; ) {
    const end = at + 12 + reader.uint32(at);
    const name = reader.name(at + 4);
    ensure(end <= reader.bytes.length);
    // An animation.
    ensure(name !== 'acTL');
    if (PNG_PARTS.includes(name)) parts.push(reader.slice(at, end));
    if (name === 'IEND') return { type: 'image/png', width: reader.uint32(16), height: reader.uint32(20), parts };
    at = end;
  }
}

/** Start of frame, of whichever process; C4, C8 and CC are tables. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
/** JFIF, colour profile, Adobe's colour transform. The other applications' parts and comments say nothing about the colours. */
const isKept = (marker: number): boolean => (marker < 0xe0 || marker === 0xe0 || marker === 0xe2 || marker === 0xee) && marker !== 0xfe;

function readJpeg(reader: Reader): Known {
  const parts = [reader.slice(0, 2)];
  let width = 0;
  let height = 0;
  for (let at = 2; ; ) {
    ensure(reader.uint8(at) === 0xff);
    const marker = reader.uint8(at + 1);
    if (marker === 0xd9) {
      parts.push(reader.slice(at, at + 2));
      return { type: 'image/jpeg', width, height, parts };
    }
    let end = at + 2 + reader.uint16(at + 2);
    if (isFrame(marker)) {
      // A second frame could have another size.
      ensure(width === 0);
      height = reader.uint16(at + 5);
      width = reader.uint16(at + 7);
    }
    // The scan's data has no length: it ends at the next marker that is no stuffing (00) and no restart.
    if (marker === 0xda) while (!(reader.uint8(end) === 0xff && reader.uint8(end + 1) !== 0 && (reader.uint8(end + 1) & 0xf8) !== 0xd0)) end++;
    if (isKept(marker)) parts.push(reader.slice(at, end));
    at = end;
  }
}

const WEBP_PARTS = ['VP8X', 'ICCP', 'ALPH', 'VP8 ', 'VP8L'];

function readWebp(reader: Reader): Known {
  const all = reader.uint32(4, true) + 8;
  const parts: Uint8Array[] = [];
  let size: [width: number, height: number] | undefined;
  let canvas: [width: number, height: number] | undefined;
  for (let at = 12; at < all; ) {
    const name = reader.name(at);
    const length = reader.uint32(at + 4, true);
    const end = at + 8 + length + (length & 1);
    const data = at + 8;
    let part = reader.slice(at, end);
    if (name === 'VP8X') {
      canvas = [reader.uint24(data + 4) + 1, reader.uint24(data + 7) + 1];
      // Animated.
      ensure((reader.uint8(data) & 0x02) === 0);
      part = part.slice();
      // EXIF and XMP are not there any more.
      part[8] = reader.uint8(data) & ~0x0c;
    } else if (name === 'VP8 ' || name === 'VP8L') {
      ensure(size === undefined);
      const lossless = name === 'VP8L';
      const bits = lossless ? reader.uint32(data + 1, true) : 0;
      ensure(lossless ? reader.uint8(data) === 0x2f : reader.uint24(data + 3) === 0x2a019d);
      size = lossless ? [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1] : [reader.uint16(data + 6, true) & 0x3fff, reader.uint16(data + 8, true) & 0x3fff];
    }
    if (WEBP_PARTS.includes(name)) parts.push(part);
    at = end;
  }
  ensure(size !== undefined);
  const [width, height] = size;
  ensure(!canvas || (canvas[0] === width && canvas[1] === height));
  const head = new Uint8Array(12);
  const view = new DataView(head.buffer);
  view.setUint32(0, 0x52494646); // RIFF
  view.setUint32(4, 4 + parts.reduce((sum, { length }) => sum + length, 0), true);
  view.setUint32(8, 0x57454250); // WEBP
  return { type: 'image/webp', width, height, parts: [head, ...parts] };
}

function read(bytes: Uint8Array): Known | undefined {
  const reader = new Reader(bytes);
  try {
    if (PNG_START.every((byte, index) => bytes[index] === byte)) return readPng(reader);
    if (bytes[0] === 0xff && bytes[1] === 0xd8) return readJpeg(reader);
    if (reader.name(0) === 'RIFF' && reader.name(8) === 'WEBP') return readWebp(reader);
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
  }
  return undefined;
}

/**
 * The picture as a backend keeps it, with the type that it really has.
 * @throws {SettingsError} `invalid` with `bytes`: no PNG, JPEG or WebP, cut off, animated, not square, or too wide; with `type`: of another type than said
 */
export function keptPicture({ type, bytes }: Picture): { type: Picture['type']; bytes: Bytes } {
  const known = bytes.length <= PICTURE_BYTES ? read(bytes) : undefined;
  if (!known || known.width !== known.height || known.width < 1 || known.width > PICTURE_SIDE) {
    throw new SettingsError('invalid', `A picture is a whole PNG, JPEG or WebP, still, square and at most ${String(PICTURE_SIDE)} pixels wide.`, { fields: { bytes: 'invalid' } });
  }
  if (known.type !== type) throw new SettingsError('invalid', 'The picture is of another type than said.', { fields: { type: 'mismatch' } });
  const kept = new Uint8Array(known.parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of known.parts) {
    kept.set(part, at);
    at += part.length;
  }
  return { type, bytes: kept };
}
