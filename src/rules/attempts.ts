/**
 * The brake on guessing: five wrong tries of a credential, then a wait of 15 minutes that doubles each time (up to a day). It counts
 * per account, wherever the tries come from: sign-in, step-up and forms inside a live session share one count.
 */
export const ATTEMPTS = 5;
const FIRST_WAIT = 15 * 60_000;
const LONGEST_WAIT = 24 * 3_600_000;

/** Milliseconds to wait after the fifth wrong try. @param waits how many waits there were before */
export function waitAfter(waits: number): number {
  return Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** waits);
}
