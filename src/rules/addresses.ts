import { parseAddress, type AddressRange } from '../contract/addresses.js';
import { SettingsError, type FieldProblem } from '../contract/errors.js';
import type { SourceAddress } from '../contract/operations.js';

/** An address in the one form in which equal ones are equal: `::ffff:192.0.2.1` is `192.0.2.1`, `2001:DB8::1` is `2001:db8:0::1/128`. */
function canonicalAddress({ bytes, prefix }: AddressRange): string {
  const mapped = bytes.length === 16 && prefix >= 96 && bytes.every((byte, index) => index >= 12 || byte === (index < 10 ? 0 : 255));
  return mapped ? `${bytes.slice(12).join('.')}/${String(prefix - 96)}` : `${bytes.join('.')}/${String(prefix)}`;
}

/** The contract's schema knows the form of an address; whether it is one, and only once, is for those who store it. */
export function assertAddresses(addresses: readonly SourceAddress[]): void {
  const seen = new Set<string>();
  const fields: Record<string, FieldProblem> = {};
  for (const [index, { address }] of addresses.entries()) {
    const range = parseAddress(address);
    const canonical = range && canonicalAddress(range);
    if (canonical === undefined) fields[`addresses.${String(index)}.address`] = 'invalid';
    else if (seen.has(canonical)) fields[`addresses.${String(index)}.address`] = 'duplicate';
    else seen.add(canonical);
  }
  if (Object.keys(fields).length > 0) throw new SettingsError('invalid', 'These addresses will not do.', { fields });
}
