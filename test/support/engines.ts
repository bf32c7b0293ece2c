/**
 * What the engines of these tests cannot do, by name: a test that needs it is skipped there, counted, and named with the capability by the
 * reporter. Nothing else is skipped.
 */

export type Engine = 'chromium' | 'firefox' | 'webkit';

const LACKING = {
  /** An authenticator that answers by itself: that takes the DevTools protocol (WebDriver BiDi has none: https://github.com/w3c/webdriver-bidi/issues/1154). */
  'virtual-authenticator': ['firefox', 'webkit'],
  /** WebAuthn at all: WebKitGTK 2.50 is built without it (no `PublicKeyCredential`); Safari has it. */
  passkeys: ['webkit'],
  /** The page as it would be printed, in the page: `emulateMedia` is of the DevTools protocol; WebDriver prints to PDF only (https://www.w3.org/TR/webdriver2/#print-page). */
  'print-preview': ['firefox', 'webkit'],
  /** What a reader prefers, such as less motion: `emulateMedia` again. */
  'reader-preferences': ['firefox', 'webkit'],
  /** How far things move while a page loads: entries of the type `layout-shift` (https://developer.mozilla.org/docs/Web/API/LayoutShift#browser_compatibility). */
  'layout-shift': ['firefox', 'webkit'],
} satisfies Readonly<Record<string, readonly Engine[]>>;

export type Capability = keyof typeof LACKING;

function engine(): Engine {
  if (navigator.userAgent.includes('Firefox/')) return 'firefox';
  return navigator.userAgent.includes('Chrome/') ? 'chromium' : 'webkit';
}

/** Whether the engine of this test can do that. */
export function able(capability: Capability): boolean {
  const lacking: readonly Engine[] = LACKING[capability];
  return !lacking.includes(engine());
}

/** `it` for a test that needs something of its engine. */
export function itWith(capability: Capability): (name: string, work: Mocha.AsyncFunc) => void {
  return (name, work) => {
    if (able(capability)) it(name, work);
    // The reporter reads the capability off the name.
    else it.skip(`${name} [${capability}]`, work);
  };
}
