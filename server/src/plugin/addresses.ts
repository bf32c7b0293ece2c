import { emailKey } from '@userflux/settings/rules';
import * as z from 'zod/mini';

/**
 * Whether Better Auth takes this address at sign-in and sign-up. It checks by zod's own idea of an address, which has no letter beyond
 * a to z: the contract takes internationalised ones as well, but here they would lock their owner out.
 */
export function canSignIn(email: string): boolean {
  return z.email().safeParse(emailKey(email)).success;
}
