import { SettingsError } from '../contract/errors.js';
import type { AuthContext, OperationName, User } from '../contract/operations.js';
import { Resource } from './resource.js';

/** Who is signed in, where, and what they may do: the resource that every widget shares. */
export class AuthContextResource extends Resource<AuthContext> {
  #left = false;
  readonly #arrived: (context: AuthContext) => void;

  /** @param arrived called with each context, once those who show it know of it */
  constructor(fetch: (signal: AbortSignal) => Promise<AuthContext>, arrived: (context: AuthContext) => void) {
    super(fetch);
    this.#arrived = arrived;
  }

  override async reload(): Promise<void> {
    await super.reload();
    if (this.data) this.#arrived(this.data);
  }

  override set(data: AuthContext): void {
    super.set(data);
    this.#arrived(data);
  }

  get user(): User | undefined {
    return this.data?.user;
  }

  /** Known to be signed out, as opposed to not loaded yet. */
  get signedOut(): boolean {
    return this.state.error?.kind === 'unauthenticated';
  }

  /** The person signed out here, on purpose: nothing of theirs is kept for their return. */
  get left(): boolean {
    return this.signedOut && this.#left;
  }

  /** Whether the backend has this operation **and** this person may call it now. */
  can(operation: OperationName): boolean {
    return this.data?.operations.includes(operation) ?? false;
  }

  /** Nobody is signed in any more. `left`: they signed out, rather than that their session ended. */
  signOut(left = false): void {
    this.#left = left;
    this.fail(new SettingsError('unauthenticated'));
  }
}
