
/** Every way in which an operation can fail. Closed: a new kind is a new major of the contract. */
export const errorKinds = [
  'unauthenticated',
  'step-up-required',
  'enrolment-required',
  'forbidden',
  'not-found',
  'invalid',
  'wrong-credential',
  'conflict',
  'stale',
  'rate-limited',
  'unsupported',
  'unavailable',
  'offline',
  'aborted',
  'unexpected',
] as const;
export type SettingsErrorKind = (typeof errorKinds)[number];

/** What can be wrong with one field; the widgets have a sentence for each. */
export const fieldProblems = [
  'required',
  'too-short',
  'too-long',
  'invalid',
  'common',
  'unchanged',
  'mismatch',
  'duplicate',
  'already-member',
  'already-invited',
] as const;
export type FieldProblem = (typeof fieldProblems)[number];

/** How a person may prove that it is them, the best way first, and how many seconds a proof stays fresh. */
export interface StepUpChallenge {
  methods: readonly StepUpMethod[];
  maxAge: number;
}
export type StepUpMethod = 'totp' | 'recovery-code' | 'password' | 'passkey';

export interface SettingsErrorOptions {
  /** `invalid`: the problem of each field, by its path in the input (`addresses.0.address`). */
  fields?: Readonly<Record<string, FieldProblem>>;
  /** `step-up-required`: what would do. */
  challenge?: StepUpChallenge;
  /** `wrong-credential`: tries left before a wait. */
  attemptsLeft?: number;
  /** `rate-limited`, `unavailable`: seconds to wait. */
  retryAfter?: number;
  /** `stale`: the value as it is now. */
  current?: unknown;
  /** What went wrong underneath, for developers; never drawn. */
  cause?: unknown;
}

/** Shared by every copy of this library on a page, so that an error of one bundle is known to another. */
const BRAND = Symbol.for('@userflux/settings:error');

/**
 * The one error type of the contract. People never read its message: the widgets have a text for each kind.
 * Recognise it with `SettingsError.is(value)`, not by `instanceof`: two bundles have two classes.
 */
export class SettingsError extends Error {
  readonly kind: SettingsErrorKind;
  readonly fields: Readonly<Record<string, FieldProblem>> | undefined;
  readonly challenge: StepUpChallenge | undefined;
  readonly attemptsLeft: number | undefined;
  readonly retryAfter: number | undefined;
  readonly current: unknown;

  static is(value: unknown): value is SettingsError {
    return typeof value === 'object' && value !== null && BRAND in value;
  }

  /**
   * Any thrown value as a SettingsError: one of ours as it is, an abort as `aborted`, all else as `unexpected`.
   * What was thrown stays out of the message: it may name what the person typed.
   */
  static from(thrown: unknown, operation: string): SettingsError {
    if (SettingsError.is(thrown)) return thrown;
    const aborted = thrown instanceof Error && thrown.name === 'AbortError';
    return aborted
      ? new SettingsError('aborted')
      : new SettingsError('unexpected', `The adapter failed in ${operation}.`, { cause: thrown });
  }

  constructor(kind: SettingsErrorKind, message: string = kind, options: SettingsErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.name = 'SettingsError';
    this.kind = kind;
    this.fields = options.fields;
    this.challenge = options.challenge;
    this.attemptsLeft = options.attemptsLeft;
    this.retryAfter = options.retryAfter;
    this.current = options.current;
    Object.defineProperty(this, BRAND, { value: true });
  }
}

