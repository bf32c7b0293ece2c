import type { Action } from '../../client/index.js';
import { mfaTurnOff } from '../../locales/en/mfa-turn-off.js';
import type { SettingsElement } from '../base/settings-element.js';

/**
 * Asks, then turns multi-factor authentication off. Loaded when somebody wants that.
 * @param proceed the label of the button that does it
 * @returns whether the person wanted it
 * @throws {SettingsError}
 */
export async function turnOffMfa(host: SettingsElement, disable: Action<'mfa.disable'>, proceed: () => string): Promise<boolean> {
  const t = host.locale.texts('mfaTurnOff', mfaTurnOff);
  if (!(await host.confirm(() => ({ title: t('title'), body: t('body'), keep: t('keep'), proceed: proceed(), destructive: true })))) return false;
  // Where it is off already, nobody wants to set it up for that.
  await host.act(disable, undefined, { enrol: undefined });
  host.toast(t('turnedOff'));
  return true;
}
