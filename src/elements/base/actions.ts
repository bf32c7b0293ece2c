import { Action } from '../../client/index.js';
import type { WriteOperation } from '../../contract/index.js';

/** The same write for each of many things: one action a thing, so that a second press after a lost answer is the same write, and one on another thing is not. */
export class Actions<Op extends WriteOperation> {
  readonly #operation: Op;
  readonly #actions = new Map<string, Action<Op>>();

  constructor(operation: Op) {
    this.#operation = operation;
  }

  /** @param id of the thing, and what is wished where that is not said by the operation */
  of(id: string): Action<Op> {
    const action = this.#actions.get(id) ?? new Action(this.#operation);
    this.#actions.set(id, action);
    return action;
  }

  isBusy(id: string): boolean {
    return this.#actions.get(id)?.busy ?? false;
  }
}
