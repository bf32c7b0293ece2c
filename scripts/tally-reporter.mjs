/**
 * Reporter of node:test that counts for scripts/test.mjs: its closing diagnostics ("pass 12"), as JSON.
 * @param {AsyncIterable<{ type: string, data: { nesting?: number, message?: string } }>} source
 */
export default async function* tally(source) {
  /** @type {Record<string, number>} */
  const counts = {};
  for await (const { type, data } of source) {
    const match = type === 'test:diagnostic' && data.nesting === 0 ? /^(pass|fail|cancelled) (\d+)$/.exec(data.message ?? '') : null;
    if (match?.[1]) counts[match[1]] = Number(match[2]);
  }
  yield JSON.stringify({ passed: counts['pass'] ?? 0, failed: (counts['fail'] ?? 0) + (counts['cancelled'] ?? 0) });
}
