import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Resource, ResourceState } from '../client/index.js';
import type { SettingsError } from '../contract/index.js';

const IDLE: ResourceState<never> = { data: undefined, error: undefined, loading: false };

/**
 * Shows a resource in an element: subscribes while connected, redraws at each change. Which resource it is may
 * change between updates (another client, another page of a list).
 */
export class ResourceController<T> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #find: () => Resource<T> | undefined;
  readonly #failed: ((error: SettingsError) => void) | undefined;
  #resource: Resource<T> | undefined;
  #unsubscribe: (() => void) | undefined;
  #error: SettingsError | undefined;
  #connected = false;

  constructor(host: ReactiveControllerHost, find: () => Resource<T> | undefined, failed?: (error: SettingsError) => void) {
    this.#host = host;
    this.#find = find;
    this.#failed = failed;
    host.addController(this);
  }

  get state(): ResourceState<T> {
    return this.#resource?.state ?? IDLE;
  }

  get data(): T | undefined {
    return this.state.data;
  }

  reload(): void {
    void this.#resource?.reload();
  }

  hostConnected(): void {
    this.#connected = true;
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    const resource = this.#find();
    if (resource === this.#resource && this.#unsubscribe) return;
    this.#unsubscribe?.();
    this.#resource = resource;
    // An element that left the page is drawn once more when a part of it comes late: it reads nothing, and is not kept.
    this.#unsubscribe = this.#connected ? resource?.subscribe(() => { this.#changed(); }) : undefined;
  }

  hostDisconnected(): void {
    this.#connected = false;
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }

  #changed(): void {
    const { error } = this.state;
    if (error && error !== this.#error) this.#failed?.(error);
    this.#error = error;
    this.#host.requestUpdate();
  }
}
