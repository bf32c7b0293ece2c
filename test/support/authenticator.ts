import { Secret, TOTP } from 'otpauth';

/** A clock that runs with the real one and can be put forward. */
export interface MovableClock {
  (): number;
  advance(seconds: number): void;
}

export function movableClock(): MovableClock {
  let ahead = 0;
  return Object.assign(() => Date.now() + ahead, {
    advance: (seconds: number) => {
      ahead += seconds * 1000;
    },
  });
}

/**
 * The authenticator app on somebody's phone: the npm package otpauth, not our own implementation. It shows each code once, and
 * rather than wait half a minute for the next it puts the backend's clock forward.
 */
export class Authenticator {
  readonly #secret: string;
  readonly #clock: MovableClock;
  #lastStep = 0;

  constructor(secret: string, clock: MovableClock) {
    this.#secret = secret;
    this.#clock = clock;
  }

  code(): string {
    while (Math.floor(this.#clock() / 30_000) <= this.#lastStep) this.#clock.advance(30);
    this.#lastStep = Math.floor(this.#clock() / 30_000);
    return codeAt(this.#secret, this.#clock());
  }

  /** Six digits that are not the code of any step near now. */
  wrongCode(): string {
    const near = [-2, -1, 0, 1, 2].map((step) => codeAt(this.#secret, this.#clock() + step * 30_000));
    for (let number = 100_000; ; number++) if (!near.includes(String(number))) return String(number);
  }
}

export function codeAt(secret: string, milliseconds: number): string {
  return new TOTP({ secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: 30 }).generate({ timestamp: milliseconds });
}
