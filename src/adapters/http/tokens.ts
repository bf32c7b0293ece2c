import { SettingsError } from '../../contract/errors.js';

export type GetToken = (options: { refresh: boolean }) => Promise<string | null> | string | null;

/** A token, and the number of the renewal that it comes after. */
export interface Token {
  token: string | null;
  ticket: number;
}

/**
 * The host's tokens. Nothing is kept here but the last renewal, so that all calls that one old token failed share it:
 * those that are refused while it is under way, and those whose refusal arrives later.
 */
export class Tokens {
  readonly #get: GetToken;
  #renewals = 0;
  #renewing: Promise<string | null> | undefined;
  #last: Promise<string | null> = Promise.resolve(null);

  constructor(get: GetToken) {
    this.#get = get;
  }

  /** @throws {SettingsError} */
  async take(): Promise<Token> {
    const ticket = this.#renewals;
    return { token: await (this.#renewing ?? this.#ask(false)), ticket };
  }

  /**
   * A token instead of the one that was refused; null when there is none.
   * @param ticket of the token that was refused.
   * @throws {SettingsError}
   */
  renew(ticket: number): Promise<string | null> {
    if (this.#renewals === ticket) {
      this.#renewals++;
      this.#last = this.#renewing = this.#ask(true).finally(() => {
        this.#renewing = undefined;
      });
    }
    return this.#last;
  }

  async #ask(refresh: boolean): Promise<string | null> {
    try {
      return await this.#get({ refresh });
    } catch (cause) {
      // It is a request of the host's own, as a rule, and what hinders ours hinders that one.
      throw SettingsError.is(cause) ? cause : new SettingsError('unavailable', 'getToken() failed.', { cause });
    }
  }
}
