// The listeners of one type, where they are many: each is added, found and removed in the same time, however many
// there are.
import { CAPTURE, FEW, HANDLER, isThat, REMOVED } from './listener.js';

/** @typedef {import('./listener.js').Listener} Listener */

/** @param {Listener} listener */
const keyOf = ({ callback, flags }) => flags & HANDLER || callback;

const gone = () => {};

export class ListenersOfType {
  /**
   * As they came. Who is dispatching keeps the list and its length: it grows at its end alone, and who is
   * removed stays in it, as such, until another list takes its place.
   */
  #list;
  /** How many of them are removed. */
  #removed = 0;
  /**
   * Those that do not capture, and those that do, by what finds them.
   *
   * @type {[Map<unknown, Listener>, Map<unknown, Listener>] | undefined}
   */
  #found;

  /** @param {Listener[]} list - which is its own from now on */
  constructor(list) {
    this.#list = list;
  }

  /** @returns {readonly Listener[]} those that are not removed */
  get living() {
    if (this.#removed !== 0) this.#sweep();
    return this.#list;
  }

  /** @param {Listener} listener */
  append(listener) {
    this.#list.push(listener);
    this.#found?.[listener.flags & CAPTURE].set(keyOf(listener), listener);
  }

  /**
   * @param {unknown} callback
   * @param {number} kind - CAPTURE, HANDLER or 0
   * @returns {Listener | undefined}
   */
  find(callback, kind) {
    const list = this.#list;
    if (list.length <= FEW) return list.find((each) => isThat(each, callback, kind));
    if (!this.#found) {
      this.#found = [new Map(), new Map()];
      for (const each of list) {
        if (!(each.flags & REMOVED)) this.#found[each.flags & CAPTURE].set(keyOf(each), each);
      }
    }
    const found = this.#found[kind & CAPTURE].get(kind & HANDLER || callback);
    // Its signal may be aborted; then another may come in its place.
    return found && isThat(found, callback, kind) ? found : undefined;
  }

  /**
   * @param {Listener} listener - that is marked as removed
   * @returns {boolean} whether there is another one
   */
  remove(listener) {
    const found = this.#found?.[listener.flags & CAPTURE];
    const key = keyOf(listener);
    // Where a signal has removed it, another may have come in its place.
    if (found && (!listener.following || found.get(key) === listener)) found.delete(key);
    // It stays in the list for a while, what it called does not.
    listener.callback = gone;
    this.#removed++;
    const left = this.#list.length - this.#removed;
    // Each is moved as often as others are removed.
    if (left < this.#removed && this.#removed > FEW) this.#sweep();
    return left !== 0;
  }

  #sweep() {
    this.#list = this.#list.filter(({ flags }) => !(flags & REMOVED));
    this.#removed = 0;
    if (this.#list.length <= FEW) this.#found = undefined;
  }
}
