import { nowhere } from '../../locales/en/nowhere.js';
import { people } from '../../ui/more-icons.js';
import { empty } from '../../ui/templates.js';
import type { SettingsElement } from './settings-element.js';

/** What stands in the place of an organisation's settings for a person who is in none. */
export function renderNowhere(host: SettingsElement): unknown {
  const t = host.locale.texts('nowhere', nowhere);
  return empty({ icon: people, title: t('title'), body: t('body'), id: 'state' });
}
