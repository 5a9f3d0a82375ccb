// The listeners of one type, where a source has many: each is added, found and removed in the same time, however many
// there are. A Map keeps the order in which they came.
import { CAPTURE, HANDLER, isGone } from './listener.js';

/** @typedef {import('./listener.js').Listener} Listener */

export class ListenersOfType {
  /**
   * Those that do not capture, and those that do, where there are any: by callback; an event handler by HANDLER.
   *
   * @type {Map<unknown, Listener>[]}
   */
  #maps = [];
  /**
   * Replaced, never changed: a dispatch in progress keeps its own.
   *
   * @type {ReadonlyArray<Listener> | undefined}
   */
  #list;

  /** @param {readonly Listener[]} list */
  constructor(list) {
    for (const listener of list) this.append(listener);
  }

  /** @returns {readonly Listener[]} whom an event reaches */
  get list() {
    this.#list ??= this.#maps.flatMap((map) => [...map.values()]);
    return this.#list;
  }

  /**
   * @param {unknown} callback
   * @param {number} kind - CAPTURE, HANDLER or 0
   * @returns {Listener | undefined}
   */
  find(callback, kind) {
    const found = this.#maps[kind & CAPTURE]?.get(kind & HANDLER || callback);
    return found && !isGone(found) ? found : undefined;
  }

  /** @param {Listener} listener */
  append(listener) {
    const { callback, flags } = listener;
    const map = (this.#maps[flags & CAPTURE] ??= new Map());
    const key = flags & HANDLER || callback;
    // One whose signal is aborted may be there still.
    map.delete(key);
    map.set(key, listener);
    this.#list = undefined;
  }

  /**
   * @param {Listener} listener
   * @returns {boolean} whether another one is left
   */
  drop(listener) {
    const { callback, flags } = listener;
    const map = this.#maps[flags & CAPTURE];
    const key = flags & HANDLER || callback;
    // Where its signal was aborted, another may have come in its place.
    if (map.get(key) === listener) map.delete(key);
    this.#list = undefined;
    return this.#maps.some(({ size }) => size !== 0);
  }
}
