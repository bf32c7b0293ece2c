import { defineAdapter, isAdapter, type AdapterDefinition, type CallOptions, type SettingsAdapter } from '../contract/adapter.js';
import { user as userSchema } from '../contract/auth.js';
import { SettingsError, type SettingsErrorKind } from '../contract/errors.js';
import {
  rowOf,
  type Input,
  type OperationName,
  type Output,
  type ReadOperation,
  type User,
  type WriteOperation,
} from '../contract/operations.js';
import { createIdempotencyKey } from './actions.js';
import { AuthContextResource } from './auth-context.js';
import { Resource } from './resource.js';
import { StepUpRequest, type StepUpPrompt } from './step-up.js';

/** Milliseconds after which a call that does not answer counts as `unavailable`. */
const TIME_LIMIT = 9000;

export interface RunOptions {
  /** The version that was read, for versioned writes. */
  ifMatch?: string | undefined;
  signal?: AbortSignal | undefined;
  idempotencyKey?: string | undefined;
  /** Draws "Complete MFA". Without it a write that needs proof fails with `step-up-required`. */
  prompt?: StepUpPrompt | undefined;
  /** Leads through the set-up of MFA; done once it is on. Without it a write that takes a second factor fails with `enrolment-required`. */
  enrol?: (() => Promise<void>) | undefined;
}

/** Refusals that say: it is not as this page thinks. Another organisation, another role, a second factor that is asked for now. */
const MISTAKEN: readonly SettingsErrorKind[] = ['forbidden', 'conflict', 'enrolment-required'];

const clients = new WeakMap<object, SettingsClient>();

/**
 * The framework-neutral heart: one for each adapter, free of DOM. It shares reads, sends writes with idempotency
 * key and version, resumes a write after step-up, and brings what a write changed up to date everywhere.
 */
export class SettingsClient {
  readonly adapter: SettingsAdapter;
  readonly auth: AuthContextResource;
  /** A sign-out did not reach the server: the session lives on there, and nothing of it may come back here by itself. */
  #leftOpen = false;
  /** The organisation of all that is known here; null: none; undefined: not known yet. */
  #organisation: string | null | undefined;
  readonly #resources = new Map<string, { operation: ReadOperation; resource: Resource<unknown> }>();
  /** What this page's own writes made of the versions that they carried, and which fields they were about. */
  readonly #own = new Map<string, { version: string; fields: readonly string[] }>();

  /** The client of an adapter, made at the first call. A plain definition is taken through `defineAdapter` first. */
  static of(adapter: SettingsAdapter | AdapterDefinition): SettingsClient {
    let client = clients.get(adapter);
    if (!client) {
      client = new SettingsClient(isAdapter(adapter) ? adapter : defineAdapter(adapter));
      clients.set(adapter, client);
    }
    return client;
  }

  private constructor(adapter: SettingsAdapter) {
    this.adapter = adapter;
    this.auth = new AuthContextResource(
      (signal) => this.#loadAuth(signal),
      (context) => {
        this.#enter(context);
      },
    );
    adapter.subscribe?.((changed) => {
      if (this.#leftOpen) return;
      for (const operation of changed) this.#refresh(operation);
    });
  }

  /** A read of the backend; equal reads share one resource. `auth.context` is {@link auth}. */
  resource<Op extends Exclude<ReadOperation, 'auth.context'>>(operation: Op, input: Input<Op>): Resource<Output<Op>> {
    const key = `${operation} ${JSON.stringify([input])}`;
    let entry = this.#resources.get(key);
    if (!entry) {
      entry = { operation, resource: new Resource<unknown>((signal) => this.#call(operation, input, { signal })) };
      this.#resources.set(key, entry);
    }
    // The map's key names the operation, so what it holds is of that operation's type.
    return entry.resource as Resource<Output<Op>>;
  }

  /**
   * Reads once, without keeping question or answer: for questions that hold a secret (an invitation's token).
   * @throws {SettingsError}
   */
  read<Op extends ReadOperation>(operation: Op, input: Input<Op>, signal?: AbortSignal): Promise<Output<Op>> {
    return this.#call(operation, input, { signal });
  }

  /**
   * Sends a write. Asked for proof or for a second factor, it draws the question (`prompt`, `enrol`) and then sends the same call once more.
   * @throws {SettingsError}
   */
  async run<Op extends WriteOperation>(operation: Op, input: Input<Op>, options: RunOptions = {}): Promise<Output<Op>> {
    const { prompt, enrol, idempotencyKey = createIdempotencyKey(), ...rest } = options;
    // What was meant for one organisation goes there or nowhere, however long the proof takes.
    const place = this.#organisation;
    const fields = Object.keys(input ?? {});
    // Rows of a list are named by their id, a field that all their writes share: these are never followed.
    const ifMatch = this.#followed(operation, fields, rest.ifMatch);
    const call = (): Promise<Output<Op>> => this.#call(operation, input, { ...rest, ifMatch, organisation: place ?? undefined, idempotencyKey });
    const send = async (asked: readonly SettingsErrorKind[]): Promise<Output<Op>> => {
      try {
        return await call();
      } catch (error) {
        this.#takeCurrent(operation, error);
        if (!SettingsError.is(error) || asked.includes(error.kind)) throw error;
        if (prompt && error.kind === 'step-up-required' && error.challenge) {
          const request = new StepUpRequest(operation, error.challenge, (proof) => this.run('auth.stepUp', proof));
          prompt(request);
          await request.done;
        } else if (enrol && error.kind === 'enrolment-required') await enrol();
        else throw error;
        return send([...asked, error.kind]);
      }
    };
    const output = await send([]);
    const version = (output as { version?: string } | undefined)?.version;
    if (ifMatch && version && place === this.#organisation) {
      this.#own.set(operation + ifMatch, { version, fields });
      // One that comes back with what it stands for is the newest.
      this.#own.delete(operation + version);
    }
    if (rowOf(operation).ends) this.#leave();
    else this.#apply(operation, output, place === this.#organisation);
    return output;
  }

  /** Ends the session. Whatever the backend answers, this page forgets who was signed in. */
  async signOut(): Promise<void> {
    try {
      await this.run('auth.signOut', undefined);
    } catch (error) {
      this.#leftOpen = true;
      this.#leave();
      throw error;
    }
  }

  async #loadAuth(signal: AbortSignal): Promise<Output<'auth.context'>> {
    const before = this.auth.user?.id;
    const context = await this.#call('auth.context', undefined, { signal }).catch((error: unknown) => {
      if (SettingsError.is(error) && error.kind === 'unauthenticated') this.#forget();
      throw error;
    });
    this.#leftOpen = false;
    if (before !== undefined && before !== context.user.id) this.#forget();
    // What failed while nobody was signed in belongs to this person now.
    for (const { resource } of this.#resources.values()) {
      if (resource.state.error?.kind === 'unauthenticated') void resource.reload();
    }
    return context;
  }

  async #call<Op extends OperationName>(operation: Op, input: Input<Op>, options: CallOptions): Promise<Output<Op>> {
    // Absent on a server.
    const { navigator } = globalThis as { navigator?: { onLine?: boolean } };
    if (navigator?.onLine === false) throw new SettingsError('offline');
    const controller = new AbortController();
    const abort = (): void => {
      controller.abort(options.signal?.reason);
    };
    if (options.signal?.aborted) abort();
    options.signal?.addEventListener('abort', abort, { once: true });
    const timer = setTimeout(() => {
      controller.abort(new SettingsError('unavailable', `${operation} did not answer within ${String(TIME_LIMIT / 1000)} s.`));
    }, TIME_LIMIT);
    try {
      return await this.adapter.call(operation, input, { organisation: this.#organisation ?? undefined, ...options, signal: controller.signal });
    } catch (error) {
      if (SettingsError.is(error) && error.kind === 'unauthenticated' && operation !== 'auth.context') {
        this.#forget();
        this.auth.signOut();
      }
      // What this person may do is not what we know: what they lost goes from the screen.
      if (SettingsError.is(error) && MISTAKEN.includes(error.kind) && operation !== 'auth.context') this.#refresh('auth.context');
      throw error;
    } finally {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', abort);
    }
  }

  /**
   * The version to carry where a form was begun from an older one: the one that this page's own writes made of it, as long as they were about other
   * fields (a time zone saved beside a name that is not). What anybody else changed since is a conflict still.
   */
  #followed(operation: WriteOperation, fields: readonly string[], version: string | undefined): string | undefined {
    const own = version && this.#own.get(operation + version);
    return !own || fields.some((field) => own.fields.includes(field)) ? version : this.#followed(operation, fields, own.version);
  }

  /** Another session was first: show what it saved, so that the person can choose. */
  #takeCurrent(operation: WriteOperation, error: unknown): void {
    if (!SettingsError.is(error) || error.kind !== 'stale') return;
    const current = rowOf(operation).output.safeParse(error.current);
    if (current.success) this.#apply(operation, current.data as Output<typeof operation>);
    else for (const changed of rowOf(operation).changes ?? []) this.#refresh(changed as OperationName);
  }

  /** What a write answered or changed becomes visible in every widget that shows it. */
  #apply<Op extends WriteOperation>(operation: Op, output: Output<Op>, samePlace = true): void {
    const row = rowOf(operation);
    if (row.output === userSchema && this.auth.data) {
      this.auth.set({ ...this.auth.data, user: output as User });
    }
    const place = this.#organisation;
    for (const changed of row.changes ?? []) {
      // Everything is read anew already.
      if (place !== this.#organisation) return;
      const isAnswer = rowOf(changed as OperationName).output === row.output && (samePlace || changed === 'auth.context');
      this.#refresh(changed as OperationName, isAnswer ? output : undefined);
    }
  }

  #refresh(operation: OperationName, answer?: unknown): void {
    if (operation === 'auth.context') {
      if (answer !== undefined) this.auth.set(answer as Output<'auth.context'>);
      else if (this.auth.observed || this.auth.data) void this.auth.reload();
      return;
    }
    for (const [key, entry] of this.#resources) {
      if (entry.operation !== operation) continue;
      if (answer !== undefined) entry.resource.set(answer);
      else if (entry.resource.observed) void entry.resource.reload();
      else this.#resources.delete(key);
    }
  }

  /** The person has gone, on purpose. */
  #leave(): void {
    this.#forget();
    this.auth.signOut(true);
  }

  /** Nothing of an organisation that the person has left is kept or drawn; what is on the screen is read anew. */
  #enter({ organisation, operations }: Output<'auth.context'>): void {
    const before = this.#organisation;
    this.#organisation = organisation?.id ?? null;
    if (before === undefined || before === this.#organisation) return;
    this.#own.clear();
    for (const [key, { operation, resource }] of this.#resources) {
      if (resource.observed) resource.restart(operations.includes(operation));
      else this.#resources.delete(key);
    }
  }

  /** Another person, or nobody: nothing of what was read before is theirs. */
  #forget(): void {
    this.#own.clear();
    for (const [key, { resource }] of this.#resources) {
      if (resource.observed) resource.fail(new SettingsError('unauthenticated'));
      else this.#resources.delete(key);
    }
  }
}

