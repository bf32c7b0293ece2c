import { devices } from '../../locales/en/devices.js';
import type { SettingsElement } from './settings-element.js';

/** What user agents call themselves, the more particular first: Edge says Chrome, and Chrome says Safari as well. */
const BROWSERS: readonly (readonly [name: string, sign: RegExp])[] = [
  ['Edge', /\bEdg(?:e|A|iOS)?\//],
  ['Opera', /\b(?:OPR|OPT|Opera)\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Vivaldi', /\bVivaldi\//],
  ['Yandex Browser', /\bYaBrowser\//],
  ['DuckDuckGo', /\bDuckDuckGo\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:Chrome|CriOS|HeadlessChrome)\//],
  ['Safari', /\bVersion\/[\d.]+ .*\bSafari\//],
  ['curl', /^curl\//],
];

const SYSTEMS: readonly (readonly [name: string, sign: RegExp])[] = [
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Windows', /\bWindows\b/],
  ['Mac', /\bMac OS X\b|\bMacintosh\b/],
  ['Linux', /\bLinux\b|\bX11\b/],
];

const find = (names: typeof BROWSERS, text: string): string | undefined => names.find(([, sign]) => sign.test(text))?.[0];

/** Which browser and system a user agent names, as far as we know them. It says what it likes: for people to recognise, never to decide by. */
export function deviceOf(userAgent: string | null): { browser: string | undefined; system: string | undefined } {
  const text = userAgent ?? '';
  return { browser: find(BROWSERS, text), system: find(SYSTEMS, text) };
}

/** The same as a sentence says it: "Chrome on Windows". The text that came is never drawn. */
export function deviceWords(host: SettingsElement): (userAgent: string | null) => string {
  const t = host.locale.texts('devices', devices);
  return (userAgent) => {
    const { browser, system } = deviceOf(userAgent);
    if (browser !== undefined && system !== undefined) return t('both', { browser, system });
    return browser ?? (system === undefined ? t('unknown') : t('onlySystem', { system }));
  };
}
