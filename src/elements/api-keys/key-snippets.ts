import type { ApiKey } from '../../contract/index.js';
import { warnOnce } from '../../lit/warn.js';
import { quoteForShell } from '../../ui/quote-for-shell.js';
import type { SettingsElement } from '../base/settings-element.js';

/** What a snippet may be made of: everything of a new key but its secret. */
export interface SnippetFacts extends Pick<ApiKey, 'name' | 'kind' | 'environment' | 'permission' | 'prefix'> {
  /** The address of your API, from `api-url`. */
  readonly url: string;
  /** The name of an environment variable for the key: `INTEGRATION_API_KEY`. */
  readonly variable: string;
}

/** A program's own way to use a key. */
export interface Snippet {
  /** What people choose it by: "Python". */
  label: string;
  /** The code. Where the secret itself belongs in it, write `{secret}`: the widget fills it in, and this function never sees it. */
  code: (facts: SnippetFacts) => string;
}

/** What a page may say about its API, on the widgets that make keys. */
export interface SnippetHost {
  apiUrl: string | undefined;
  snippets: readonly Snippet[] | undefined;
}

const SECRET = '{secret}';
/** Until the page says where its API is. */
const EXAMPLE = 'https://api.example.com/';

/** In an environment file: as it is where every reader of such files agrees, else quoted as most of them do. */
function envValue(secret: string): string {
  if (/^[\w.:/+=~-]*$/.test(secret)) return secret;
  return secret.includes("'") ? `"${secret.replace(/["\\$`]/g, '\\$&')}"` : `'${secret}'`;
}

/** Ours. The secret belongs in the environment, so all but the first read it from there. */
const BUILT_IN: Record<'env' | 'curl' | 'javascript', Snippet['code']> = {
  env: ({ variable }) => `${variable}=`,
  curl: ({ variable, url }) => `curl -H "Authorization: Bearer $${variable}" ${quoteForShell(url)}`,
  javascript: ({ variable, url }) => `const key = process.env.${variable};\nawait fetch('${url.replace(/[\\']/g, '\\$&')}', {\n  headers: { Authorization: \`Bearer \${key}\` },\n});`,
};

const isSnippetHost = (host: SettingsElement): host is SettingsElement & SnippetHost => 'apiUrl' in host;

/** An address that a program can call: absolute, of the web. A relative one is of this page's site. */
function addressOf(host: SettingsElement): string {
  const given = isSnippetHost(host) ? host.apiUrl : undefined;
  if (given === undefined || given.trim() === '') return EXAMPLE;
  try {
    const { href, protocol } = new URL(given, document.baseURI);
    if (protocol === 'https:' || protocol === 'http:') return href;
  } catch {
    // Said below, as for an address of another kind.
  }
  warnOnce(host.localName, `takes an http(s) address as api-url. It shows ${EXAMPLE} in its snippets.`);
  return EXAMPLE;
}

export interface ShownSnippet {
  label: string;
  code: string;
  /** The secret is in it: who copies it has copied the key. */
  whole: boolean;
}

/** The snippets for a key that was just made: the page's, or ours. */
export function snippetsOf(host: SettingsElement, key: ApiKey, secret: string, labelOf: (name: keyof typeof BUILT_IN) => string): ShownSnippet[] {
  const { name, kind, environment, permission, prefix } = key;
  const facts: SnippetFacts = { name, kind, environment, permission, prefix, url: addressOf(host), variable: `${kind.toUpperCase()}_API_KEY` };
  const own = isSnippetHost(host) ? host.snippets : undefined;
  if (own) {
    return own.flatMap(({ label, code }) => {
      try {
        const text: unknown = code(facts);
        if (typeof text === 'string') return [{ label, code: text.replaceAll(SECRET, () => secret), whole: text.includes(SECRET) }];
        warnOnce(host.localName, `left out the snippet "${label}": its code() gave no text.`);
      } catch (error) {
        warnOnce(host.localName, `left out the snippet "${label}": ${String(error)}`);
      }
      return [];
    });
  }
  return (['env', 'curl', 'javascript'] as const).map((place) => {
    const whole = place === 'env';
    return { get label() { return labelOf(place); }, code: BUILT_IN[place](facts) + (whole ? envValue(secret) : ''), whole };
  });
}
