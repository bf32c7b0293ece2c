/**
 * Source addresses of API keys: single IPv4 or IPv6 addresses and CIDR networks
 * (RFC 4632, RFC 4291). One parser for the widget's check as one types, the adapters' rules
 * and the enforcement when a key is used.
 */

/** An address or network: 4 or 16 bytes and how many leading bits count. */
export interface AddressRange {
  readonly bytes: readonly number[];
  readonly prefix: number;
}

function parseIPv4(text: string): number[] | undefined {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)
    ? parts.map(Number)
    : undefined;
}

function parseIPv6(text: string): number[] | undefined {
  if (!/^[\da-f:.]+$/i.test(text) || !text.includes(':')) return undefined;
  let canonical: string;
  try {
    // The URL parser is the platform's own IPv6 parser; it also writes embedded IPv4 as hex.
    canonical = new URL(`http://[${text}]`).hostname.slice(1, -1);
  } catch {
    return undefined;
  }
  const [head = '', tail] = canonical.split('::');
  const groups = (part: string | undefined): string[] => (part ? part.split(':') : []);
  const start = groups(head);
  const end = groups(tail);
  const zeros = new Array<string>(8 - start.length - end.length).fill('0');
  return [...start, ...zeros, ...end].flatMap((group) => {
    const value = parseInt(group, 16);
    return [value >> 8, value & 255];
  });
}

/**
 * Reads an IPv4 or IPv6 address or CIDR network.
 * Answers `undefined` when the text is none, or when bits behind the prefix are set
 * (`10.0.0.5/8` could mean one machine or sixteen million).
 */
export function parseAddress(text: string): AddressRange | undefined {
  const [address = '', length, ...rest] = text.split('/');
  const bytes = parseIPv4(address) ?? parseIPv6(address);
  if (!bytes || rest.length > 0) return undefined;
  const bits = bytes.length * 8;
  if (length === undefined) return { bytes, prefix: bits };
  if (!/^(0|[1-9]\d{0,2})$/.test(length) || Number(length) > bits) return undefined;
  const prefix = Number(length);
  const isNetwork = bytes.every((byte, index) => (byte & ~mask(prefix, index)) === 0);
  return isNetwork ? { bytes, prefix } : undefined;
}

/** Which bits of byte `index` belong to a prefix of this length. */
function mask(prefix: number, index: number): number {
  const bits = Math.min(8, Math.max(0, prefix - index * 8));
  return (0xff << (8 - bits)) & 0xff;
}

/** Whether a single address lies within a range. An empty list of ranges means anywhere, which is the caller's rule. */
export function containsAddress(range: AddressRange, address: AddressRange): boolean {
  return (
    range.bytes.length === address.bytes.length &&
    range.prefix <= address.prefix &&
    range.bytes.every((byte, index) => byte === ((address.bytes[index] ?? 0) & mask(range.prefix, index)))
  );
}
