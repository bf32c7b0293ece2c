import type { LocaleController } from '../../lit/locale-controller.js';

/** From when on something is required, as people say it: the day alone where it begins with it, where they are. */
export function policyMoment(locale: LocaleController, iso: string): string {
  const { timeZone } = locale;
  const begins = new Intl.DateTimeFormat('en', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(iso)) === '00:00';
  return locale.format(iso, { dateStyle: 'long', ...(!begins && { timeStyle: 'short' }) });
}
