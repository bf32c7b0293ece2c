import * as z from 'zod/mini';
import { fieldProblems, type FieldProblem } from './errors.js';
import { cleanEmail, cleanText } from './text.js';

/** Building blocks of the nouns. Each check names its {@link FieldProblem}, which the widgets turn into a sentence. */

/** Opaque, up to 128 characters. */
export const id = z.string().check(z.minLength(1), z.maxLength(128));
/** ISO 8601 in UTC. */
export const time = z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/));
/** The form of ISO 3166-1 alpha-2; which codes there are (`countryCodes`) is for those who choose or store one. */
export const country = z.string().check(z.regex(/^[A-Z]{2}$/, 'invalid' satisfies FieldProblem));
export const integer = z.number().check(z.refine(Number.isSafeInteger));
/** Whole seconds. */
export const seconds = integer.check(z.minimum(0));
/** Changes whenever the value does; opaque. */
export const version = z.string().check(z.minLength(1), z.maxLength(128));
export const nothing = z.void();

/** A name of a person, a key or a company: any script, one line, no invisible characters. */
export const name = z.string().check(
  z.overwrite(cleanText),
  z.minLength(1, 'required' satisfies FieldProblem),
  z.maxLength(200, 'too-long' satisfies FieldProblem),
);

/** An email address as it is written, internationalised ones included (RFC 6531); at most 254 characters (RFC 5321). */
export const email = z.string().check(
  z.overwrite(cleanEmail),
  z.minLength(1, 'required' satisfies FieldProblem),
  z.maxLength(254, 'too-long' satisfies FieldProblem),
  z.regex(/^[^\s@<>"(),:;[\]\\]+@[^\s@<>"(),:;[\]\\.]+(\.[^\s@<>"(),:;[\]\\.]+)+$/u, 'invalid' satisfies FieldProblem),
);

/**
 * Text and addresses that a backend answers, for people to read. What came from other people cannot spoof: bidi controls
 * and invisible characters go, newlines fold.
 */
export const text = z.string().check(z.overwrite(cleanText));
export const addressText = z.string().check(z.overwrite(cleanEmail));

export const pictureTypes = ['image/png', 'image/jpeg', 'image/webp'] as const;
/** 1 MB. */
export const PICTURE_BYTES = 1_048_576;

/**
 * A picture of a person or a company: square, at most 512 pixels wide and 1 MB heavy, still. A backend looks into the bytes, believes no type, and keeps
 * only what draws the picture.
 */
export const picture = z.object({
  type: z.enum(pictureTypes),
  bytes: z.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array),
});

/** One page of a list; `nextCursor` asks for what comes behind the last item. */
export const page = <Item extends z.ZodMiniType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.nullable(z.string()), total: z.optional(integer) });

/** What every list can be asked. Cursors hold a position in the order, not an offset. */
export const pageQuery = {
  cursor: z.optional(z.string()),
  limit: z.optional(integer.check(z.minimum(1), z.maximum(100))),
  search: z.optional(z.string().check(z.overwrite(cleanText), z.maxLength(200, 'too-long' satisfies FieldProblem))),
};

/** The problem of one value, under the field's name; nothing when it is right. For forms, which check before they send. */
export function problemOf<Name extends string>(schema: z.ZodMiniType, name: Name, value: unknown): Partial<Record<Name, FieldProblem>> {
  const parsed = schema.safeParse(value);
  const problems: Partial<Record<Name, FieldProblem>> = {};
  // A single value has no path in its error.
  if (!parsed.success) problems[name] = problemsOf(parsed.error)[''] ?? 'invalid';
  return problems;
}

const knownProblems: readonly string[] = fieldProblems;

/** The problem of each field, by its path: what a failed schema says in the contract's own words. */
export function problemsOf(error: z.core.$ZodError): Record<string, FieldProblem> {
  const fields: Record<string, FieldProblem> = {};
  for (const { path, message } of error.issues) {
    fields[path.join('.')] ??= knownProblems.includes(message) ? (message as FieldProblem) : 'invalid';
  }
  return fields;
}

export interface OperationRow {
  /** What the caller gives. */
  input: z.ZodMiniType;
  /** What the backend answers. */
  output: z.ZodMiniType;
  /** `read` may be shared, repeated and cached; `write` has an effect and carries an idempotency key. */
  effect: 'read' | 'write';
  /** The write carries the version of the value it read; an old one is `stale`. */
  versioned?: true;
  /**
   * Proof asked for first: `mfa` by a second factor (people without one get `enrolment-required`), `recent` by the
   * second factor where there is one, else by password, or by a sign-in younger than the step-up's age; `strongest` as
   * `mfa` by people who have a second factor, as `recent` by the others.
   */
  stepUp?: 'mfa' | 'recent' | 'strongest';
  /** The proof is asked for only where a field of the input has this value, or with `true` is given at all, be it as null; absent: always. */
  stepUpWhen?: Readonly<Record<string, string | true>>;
  /** The answer holds a secret: it is never cached and never sent twice. */
  secret?: true;
  /** Works without a session. */
  public?: true;
  /** The session ends with it. */
  ends?: true;
  /** The write takes the caller's own right to it away: its repeat under the same key is answered all the same. */
  surrenders?: true;
  /** The reads whose answers this write changes. */
  changes?: readonly string[];
}
