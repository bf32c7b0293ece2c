import { Action } from '../../client/index.js';
import { Lazy } from '../base/lazy.js';
import type { SettingsElement } from '../base/settings-element.js';
import type { RecoveryCodesDialog } from './recovery-codes-dialog.js';

const dialogs = new WeakMap<SettingsElement, Lazy<RecoveryCodesDialog>>();

/** @throws {SettingsError} `unavailable` when its file did not arrive */
export function recoveryCodesDialog(host: SettingsElement): Promise<RecoveryCodesDialog> {
  const dialog = dialogs.get(host) ?? new Lazy(async () => host.join(new (await import('./recovery-codes-dialog.js')).RecoveryCodesDialog(host)));
  dialogs.set(host, dialog);
  return dialog.get();
}

/**
 * Shows recovery codes that were made just now; done when the person has saved them. Without codes (the answer that held them was lost,
 * and the repeat of a call cannot show them again) it makes others: nobody has the ones that stand.
 * @throws {SettingsError}
 */
export async function showRecoveryCodes(host: SettingsElement, codes: readonly string[] | null): Promise<void> {
  const made = codes ?? (host.can('recoveryCodes.regenerate') ? (await host.act(new Action('recoveryCodes.regenerate'), undefined)).recoveryCodes : null);
  if (!made || !host.isConnected) return;
  await (await recoveryCodesDialog(host)).show(made);
}
