import { SettingsClient } from '../client/index.js';
import type { AdapterDefinition, SettingsAdapter } from '../contract/index.js';
import { warnOnce } from './warn.js';

/** The client of what the page gave as an adapter; one console line and nothing where it is none. */
export function clientOf({ localName }: Element, adapter: SettingsAdapter | AdapterDefinition | undefined): SettingsClient | undefined {
  try {
    return adapter && SettingsClient.of(adapter);
  } catch (error) {
    warnOnce(localName, `cannot use its adapter: ${error instanceof Error ? error.message : ''} Make one with defineAdapter().`);
    return undefined;
  }
}
