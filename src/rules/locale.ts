import { SettingsError, type FieldProblem } from '../contract/errors.js';

/** Whether this machine knows the time zone (IANA), links to other names included. */
export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    // Offsets ("+01:00") are taken as well, and know no summer time.
    return /^[A-Z]/i.test(zone);
  } catch {
    return false;
  }
}

/** The tag as it is written (`en-gb` is `en-GB`); nothing where it is none (BCP 47). */
export function languageTag(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}

/**
 * Time zone and language as a backend keeps them. What is not given is not answered.
 * @throws {SettingsError} `invalid` with the fields that are none
 */
export function keptLocale({ timeZone, language }: { timeZone?: string | null | undefined; language?: string | null | undefined }): { timeZone?: string | null; language?: string | null } {
  const fields: Record<string, FieldProblem> = {};
  if (typeof timeZone === 'string' && !isTimeZone(timeZone)) fields['timeZone'] = 'invalid';
  const tag = typeof language === 'string' ? languageTag(language) : language;
  if (typeof language === 'string' && tag === undefined) fields['language'] = 'invalid';
  if (Object.keys(fields).length > 0) throw new SettingsError('invalid', 'No such time zone or language.', { fields });
  return { ...(timeZone !== undefined && { timeZone }), ...(tag !== undefined && { language: tag }) };
}
