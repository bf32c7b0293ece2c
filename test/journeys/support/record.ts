import type { BrowserContext, Page } from 'playwright-core';

/** What went on in a browser beside what was seen. */
export interface Kept {
  /** Uncaught errors and unhandled rejections, errors and warnings of the console, violations of the Content-Security-Policy. */
  readonly troubles: readonly string[];
  /** What the browser itself writes into the console of requests that failed: no page can keep it from that. */
  readonly network: readonly string[];
  /** Every line of the console. */
  readonly console: readonly string[];
  /** Every address that was asked for, as the server sees it: without the fragment. */
  readonly urls: readonly string[];
}

const NETWORK = 'Failed to load resource: ';
/** Of the sources, which the memory journeys run. */
const DEV_MODE = 'Lit is in dev mode';

export async function keepRecord(context: BrowserContext): Promise<Kept> {
  const kept = { troubles: [] as string[], network: [] as string[], console: [] as string[], urls: [] as string[] };
  // The console names violations as well, but not all of them.
  await context.exposeFunction('tellViolation', (text: string) => {
    kept.troubles.push(`Content-Security-Policy: ${text}`);
  });
  await context.addInitScript(`addEventListener('securitypolicyviolation', (event) => tellViolation(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample))`);
  context.on('page', (page) => {
    page.on('pageerror', (error) => {
      kept.troubles.push(error.stack ?? error.message);
    });
    page.on('console', (message) => {
      const text = message.text();
      kept.console.push(text);
      if (text.startsWith(NETWORK)) kept.network.push(`${text} ${new URL(message.location().url).pathname}`);
      else if ((['error', 'warning'].includes(message.type()) && !text.startsWith(DEV_MODE)) || /content security policy|trusted type/i.test(text)) kept.troubles.push(text);
    });
  });
  context.on('request', (request) => {
    kept.urls.push(request.url().replace(/#.*/s, ''));
  });
  return kept;
}

/** All text, attributes and values of the page, shadow roots included. */
export async function everythingIn(page: Page): Promise<string> {
  return page.evaluate(() => {
    const parts: string[] = [];
    const collect = (root: Document | ShadowRoot | Element): void => {
      for (const node of root.childNodes) {
        if (node.nodeType === Node.TEXT_NODE) parts.push(node.textContent ?? '');
        if (!(node instanceof Element)) continue;
        for (const { value } of node.attributes) parts.push(value);
        if (node instanceof HTMLInputElement) parts.push(node.value);
        if (node.shadowRoot) collect(node.shadowRoot);
        collect(node);
      }
    };
    collect(document);
    return parts.join('\n');
  });
}

/** What the page leaves behind in the browser: address, history, storages, caches, cookies that scripts can read. */
export async function leftBehindBy(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const databases = await indexedDB.databases();
    const caches = await globalThis.caches.keys().catch(() => []);
    return JSON.stringify([location.href, history.state, Object.entries(localStorage), Object.entries(sessionStorage), document.cookie, databases, caches, document.title, window.name]);
  });
}
