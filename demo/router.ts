/**
 * The host's own router: pages are `#/name/detail`, and two kinds of mail link arrive as `#invitation=…` and `#confirm-email=…`.
 * The secret of a mail link leaves the address bar, and with it the history, before anything else happens.
 */

export type Arrival =
  | { kind: 'page'; name: string; detail: string | undefined }
  | { kind: 'invitation'; token: string }
  | { kind: 'confirm-email'; token: string };

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function readFragment(): Arrival | undefined {
  const fragment = location.hash.slice(1);
  const secret = /^(invitation|confirm-email)=(.+)$/.exec(fragment);
  if (secret) {
    const kind = secret[1] === 'invitation' ? 'invitation' : 'confirm-email';
    history.replaceState(null, '', `#/${kind}`);
    return { kind, token: decode(secret[2] ?? '') };
  }
  if (fragment !== '' && !fragment.startsWith('/')) return undefined;
  const [name = '', detail] = fragment.replace(/^\//, '').split('/').map(decode);
  return { kind: 'page', name: name === '' ? 'overview' : name, detail: detail === '' ? undefined : detail };
}

/** Calls `arrive` now and at each change of the fragment. Fragments that name no page (an anchor) are left alone. */
export function startRouter(arrive: (arrival: Arrival) => void): void {
  const read = (): void => {
    const arrival = readFragment();
    if (arrival) arrive(arrival);
  };
  addEventListener('hashchange', read);
  const first = readFragment();
  arrive(first ?? { kind: 'page', name: 'overview', detail: undefined });
}

/** Goes to a page: a new entry in the history, or in the place of the current one. */
export function go(path: string, options: { replace?: boolean } = {}): void {
  const url = `#/${path}`;
  if (location.hash === url) dispatchEvent(new HashChangeEvent('hashchange'));
  else if (options.replace) location.replace(url);
  else location.hash = url;
}
