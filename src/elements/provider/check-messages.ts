import { warnOnce } from '../../lit/warn.js';
import { loaders } from '../../locales/loaders.js';
import type { Message } from '../../locales/messages.js';

const placeholdersOf = (message: Message): string[] => (typeof message === 'string' ? [message] : Object.values(message)).flatMap((text) => Array.from(text.matchAll(/\{(\w+)\}/g), ([, name]) => String(name)));
const isMessage = (value: unknown): value is Message => typeof value === 'string' || (value instanceof Object && Object.hasOwn(value, 'other') && Object.values(value).every((form) => typeof form === 'string'));

/** Tells the author of a page what is wrong with its own texts. */
export async function checkMessages(tag: string, overrides: object): Promise<void> {
  // A locale that is one file, and whole: the English texts stand with the widgets that show them.
  const whole: Readonly<Record<string, Readonly<Record<string, Message>>>> | undefined = (await loaders['de']?.())?.default;
  const mistakes: string[] = [];
  for (const [area, texts] of Object.entries(overrides) as [string, unknown][]) {
    const known = whole?.[area];
    if (!known) mistakes.push(`there is no area "${area}"`);
    else if (!(texts instanceof Object)) mistakes.push(`"${area}" is no object of texts`);
    else {
      for (const [key, own] of Object.entries(texts) as [string, unknown][]) {
        const usual = known[key];
        if (usual === undefined) mistakes.push(`there is no text "${area}.${key}"`);
        else if (!isMessage(own)) mistakes.push(`"${area}.${key}" is no text`);
        else {
          const strange = placeholdersOf(own).find((name) => name !== 'count' && !placeholdersOf(usual).includes(name));
          if (strange !== undefined) mistakes.push(`"${area}.${key}" has no {${strange}}`);
        }
      }
    }
  }
  if (mistakes.length > 0) warnOnce(tag, `has "messages" that cannot be used: ${mistakes.join('; ')}. Areas, keys and placeholders are those of @userflux/settings/locales/en.`);
}
