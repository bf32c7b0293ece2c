/** What is wrong with a file that should be a picture; a sentence of the locale `picture` for each. */
export type PictureProblem = 'unknown' | 'empty' | 'heavy' | 'vast' | 'broken';

/** A picture, ready to be drawn. */
export interface OpenPicture {
  bitmap: ImageBitmap;
  /** Its file moves; the first frame is what there is. */
  moving: boolean;
}

/** Bytes of a file, and pixels: what a page can hold four bytes a pixel of. */
const HEAVIEST = 20_000_000;
const VASTEST = 64_000_000;
/** Pixels of the longer side that are kept: enough to zoom in. */
const KEPT = 2048;

interface Size {
  width: number;
  height: number;
  moving: boolean;
}

/**
 * Opens a file that somebody chose. Its size is read from its first bytes: to find out by decoding would be too late for a picture
 * of a few bytes and thousands of millions of pixels.
 */
export async function openPicture(file: File): Promise<OpenPicture | PictureProblem> {
  if (file.size === 0) return 'empty';
  if (file.size > HEAVIEST) return 'heavy';
  let size: Size | undefined;
  try {
    size = sizeOf(new DataView(await file.arrayBuffer()));
  } catch {
    // Cut off, or on a drive that was taken away.
    return 'broken';
  }
  if (!size) return 'unknown';
  if (size.width === 0 || size.height === 0) return 'broken';
  if (size.width * size.height > VASTEST) return 'vast';
  const scale = Math.min(1, KEPT / Math.max(size.width, size.height));
  try {
    const bitmap = await createImageBitmap(file, scale < 1 ? { resizeWidth: Math.max(1, Math.round(size.width * scale)), resizeQuality: 'high' } : {});
    return { bitmap, moving: size.moving };
  } catch {
    return 'broken';
  }
}

/** @throws {RangeError} when the file ends too early */
function sizeOf(view: DataView): Size | undefined {
  const text = (at: number, length = 4): string => String.fromCharCode(...new Uint8Array(view.buffer, at, Math.min(length, Math.max(0, view.byteLength - at))));
  if (text(0, 8) === '\x89PNG\r\n\x1a\n') return { width: view.getUint32(16), height: view.getUint32(20), moving: text(33, 4096).includes('acTL') };
  if (text(0) === 'GIF8') return { width: view.getUint16(6, true), height: view.getUint16(8, true), moving: text(0, 4096).includes('NETSCAPE') };
  if (text(0) === 'RIFF' && text(8) === 'WEBP') {
    const kind = text(12);
    if (kind === 'VP8X') return { width: (view.getUint32(24, true) & 0xffffff) + 1, height: (view.getUint32(26, true) >>> 8) + 1, moving: (view.getUint8(20) & 2) !== 0 };
    if (kind === 'VP8 ') return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff, moving: false };
    const bits = view.getUint32(21, true);
    return kind === 'VP8L' ? { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1, moving: false } : undefined;
  }
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return undefined;
  for (let at = 2; ; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint16(at);
    // Start of frame; C4, C8 and CC are tables.
    if (marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker)) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5), moving: false };
    if (marker < 0xff00) return undefined;
  }
}
