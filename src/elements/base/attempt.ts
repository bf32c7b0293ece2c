import type { Action, RunOptions } from '../../client/index.js';
import type { Input, SettingsError, WriteOperation } from '../../contract/index.js';
import type { SettingsElement } from './settings-element.js';

/**
 * A write that is one button: what it did goes to a toast, what went wrong comes back for the place it concerns,
 * and is said. What the person or the page cancelled is no error.
 */
export async function attempt<Op extends WriteOperation>(host: SettingsElement, action: Action<Op>, input: Input<Op>, done: string, options?: RunOptions): Promise<SettingsError | undefined> {
  try {
    await host.act(action, input, options);
    host.toast(done);
    return undefined;
  } catch (thrown) {
    return host.failure(thrown);
  }
}
