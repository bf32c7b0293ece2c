import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crc32 as zlibCrc, deflateSync } from 'node:zlib';
import { SettingsError } from '../../src/contract/index.js';
import { keptPicture, PICTURE_SIDE, type Picture } from '../../src/rules/pictures.js';

const bytesOf = (...parts: (Uint8Array | string | number[])[]): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(part as string))));
const big = (value: number): Uint8Array => { const bytes = Buffer.alloc(4); bytes.writeUInt32BE(value); return bytes; };
const little = (value: number, length = 4): Uint8Array => { const bytes = Buffer.alloc(length); bytes.writeUIntLE(value, 0, length); return bytes; };
const holds = (bytes: Uint8Array, text: string): boolean => Buffer.from(bytes).includes(text);

function chunk(name: string, data: Uint8Array | string | number[] = ''): Uint8Array {
  const content = bytesOf(name, data);
  return bytesOf(big(content.length - 4), content, big(typeof zlibCrc === 'function' ? zlibCrc(content) : 0));
}

function png(width: number, height: number, ...extra: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const rows = Buffer.alloc((width * 3 + 1) * height);
  return bytesOf([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10], chunk('IHDR', bytesOf(big(width), big(height), [8, 2, 0, 0, 0])), ...extra, chunk('IDAT', deflateSync(rows)), chunk('IEND'));
}

function segment(marker: number, data: Uint8Array | string | number[]): Uint8Array {
  const content = bytesOf(data);
  return bytesOf([0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255], content);
}

/** Two scans with stuffing and a restart in their data, as progressive files have them. */
function jpeg(width: number, height: number, ...extra: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const frame = segment(0xc2, bytesOf([8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]));
  const scan = bytesOf(segment(0xda, [1, 1, 0, 0, 0, 0]), [0x12, 0xff, 0x00, 0x34, 0xff, 0xd3, 0x56]);
  return bytesOf([0xff, 0xd8], segment(0xe0, 'JFIF\0'), ...extra, segment(0xdb, [0, 1]), frame, segment(0xc4, [0]), scan, segment(0xc4, [1]), scan, [0xff, 0xd9]);
}

const part = (name: string, data: Uint8Array | string | number[]): Uint8Array => {
  const content = bytesOf(data);
  return bytesOf(name, little(content.length), content, content.length % 2 ? [0] : []);
};
const riff = (...parts: Uint8Array[]): Uint8Array<ArrayBuffer> => bytesOf('RIFF', little(4 + bytesOf(...parts).length), 'WEBP', ...parts);
const vp8 = (width: number, height: number): Uint8Array => part('VP8 ', bytesOf([0, 0, 0, 0x9d, 0x01, 0x2a], little(width, 2), little(height, 2), [7, 7, 7]));
const vp8l = (width: number, height: number): Uint8Array => part('VP8L', bytesOf([0x2f], little(((width - 1) | ((height - 1) << 14)) >>> 0), [1]));
const vp8x = (flags: number, width: number, height: number): Uint8Array => part('VP8X', bytesOf([flags, 0, 0, 0], little(width - 1, 3), little(height - 1, 3)));

const keep = (type: Picture['type'], bytes: Uint8Array<ArrayBuffer>): Uint8Array => keptPicture({ type, bytes }).bytes;
const refused = (type: Picture['type'], bytes: Uint8Array<ArrayBuffer>, field = 'bytes'): void => {
  assert.throws(() => keptPicture({ type, bytes }), (error) => SettingsError.is(error) && error.kind === 'invalid' && field in (error.fields ?? {}));
};

const kinds = [
  { type: 'image/png', of: (width: number, height = width) => png(width, height) },
  { type: 'image/jpeg', of: (width: number, height = width) => jpeg(width, height) },
  { type: 'image/webp', of: (width: number, height = width) => riff(vp8(width, height)) },
  { type: 'image/webp', of: (width: number, height = width) => riff(vp8l(width, height)) },
  { type: 'image/webp', of: (width: number, height = width) => riff(vp8x(0x10, width, height), vp8(width, height)) },
] as const;

describe('pictures', () => {
  for (const [index, { type, of }] of kinds.entries()) {
    it(`${type} (${String(index)}): whole, square and small enough is kept as it is; all else is refused`, () => {
      assert.deepEqual(keep(type, of(PICTURE_SIDE)), of(PICTURE_SIDE));
      assert.deepEqual(keep(type, of(1)), of(1));
      refused(type, of(PICTURE_SIDE + 1));
      refused(type, of(20, 10));
      // Cut off at every byte: never a crash, never half a picture.
      const whole = of(8);
      for (let length = 0; length < whole.length; length++) refused(type, whole.slice(0, length));
    });

    it(`${type} (${String(index)}): a file behind its end goes, and it is never taken for another type`, () => {
      assert.deepEqual(keep(type, bytesOf(of(8), '<script>alert(1)</script>')), of(8));
      refused(type === 'image/png' ? 'image/jpeg' : 'image/png', of(8), 'type');
    });

    it(`${type} (${String(index)}): whatever byte is another one, it is refused or has the size that it says`, () => {
      const whole = of(8);
      for (let at = 0; at < whole.length; at++) {
        for (const value of [0x00, 0x7f, 0xff]) {
          const broken = whole.slice();
          broken[at] = value;
          try {
            keptPicture({ type, bytes: broken });
          } catch (error) {
            assert.ok(SettingsError.is(error), `byte ${String(at)} as ${String(value)}`);
          }
        }
      }
    });
  }

  it('place, date and device do not stay in it', () => {
    const secret = 'Exif GPS 51.5 N 0.1 W';
    const files = [
      ['image/png', png(8, 8, chunk('eXIf', secret), chunk('tEXt', secret), chunk('iTXt', secret), chunk('zTXt', secret), chunk('tIME', secret), chunk('prVt', secret)), png(8, 8)],
      ['image/jpeg', jpeg(8, 8, segment(0xe1, secret), segment(0xed, secret), segment(0xfe, secret)), jpeg(8, 8)],
      ['image/webp', riff(vp8x(0x0c, 8, 8), vp8(8, 8), part('EXIF', secret), part('XMP ', secret)), riff(vp8x(0, 8, 8), vp8(8, 8))],
    ] as const;
    for (const [type, given, clean] of files) {
      assert.ok(holds(given, secret));
      assert.deepEqual(keep(type, given), clean, type);
    }
  });

  it('what colours mean stays', () => {
    const profile = chunk('iCCP', 'profile');
    assert.deepEqual(keep('image/png', png(8, 8, profile)), png(8, 8, profile));
    assert.ok(holds(keep('image/jpeg', jpeg(8, 8, segment(0xe2, 'ICC_PROFILE'))), 'ICC_PROFILE'));
    assert.ok(holds(keep('image/webp', riff(vp8x(0x20, 8, 8), part('ICCP', 'profile'), vp8(8, 8))), 'profile'));
  });

  it('moving pictures are refused', () => {
    refused('image/png', png(8, 8, chunk('acTL', [0, 0, 0, 2, 0, 0, 0, 0])));
    refused('image/webp', riff(vp8x(0x02, 8, 8), part('ANIM', [0, 0, 0, 0, 0, 0]), vp8(8, 8)));
  });

  it('a small frame around a large picture is refused', () => {
    refused('image/webp', riff(vp8x(0, 8, 8), vp8(16_000, 16_000)));
    refused('image/jpeg', jpeg(8, 8, segment(0xc0, bytesOf([8, 0x3e, 0x80, 0x3e, 0x80, 1, 1, 0x11, 0]))));
  });
});
