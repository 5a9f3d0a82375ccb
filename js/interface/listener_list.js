// The event listener list of one target: who is in it, and whom a type reaches. Sources may be many, and mostly
// have few listeners each: those are one array, which is searched. Where there are more, a map has them by type.
// Lists are replaced, never changed: who is dispatching keeps its own.
import { CAPTURE, isThat, REMOVED, ZONED } from './listener.js';
import { leaveZone } from './zone.js';

/** @typedef {import('./listener.js').Listener} Listener */

/** Up to so many, looking at one after the other takes no longer than asking a Map. */
const FEW = 16;

/** @type {readonly Listener[]} */
const nobody = [];

export class ListenerList {
  /**
   * Counts what may leave promise reactions waiting: listeners that came, went or returned a promise.
   */
  taskReasons = 0;
  /** How many are capturing: mostly none. */
  capturing = 0;
  /** All of them as they came, where they are few. */
  #all = nobody;
  /**
   * Where they are not, or types alternate.
   *
   * @type {Map<string, readonly Listener[]> | undefined}
   */
  #byType;
  /** The list that was asked for last: types repeat. Empty: none; a stream gives no such type. */
  #lastType = '';
  #lastList = nobody;

  /**
   * @param {string} type - of an event that a stream gives
   * @returns {readonly Listener[]} whom it reaches
   */
  of(type) {
    if (type !== this.#lastType) {
      // After a change of listeners it would be searched for anyway.
      if (this.#lastType !== '') this.#sort();
      this.#lastList = this.listOf(type);
      this.#lastType = type;
    }
    return this.#lastList;
  }

  /**
   * @param {string} type - any
   * @returns {readonly Listener[]} whom an event of this type reaches
   */
  listOf(type) {
    const list = this.#with(type);
    return this.#byType ? list : ofType(list, type);
  }

  /**
   * @param {string} type
   * @param {unknown} callback
   * @param {number} kind - CAPTURE, HANDLER or 0
   * @returns {Listener | undefined}
   */
  find(type, callback, kind) {
    for (const each of this.#with(type)) {
      if (each.type === type && isThat(each, callback, kind)) return each;
    }
    return undefined;
  }

  /**
   * @param {string} type
   * @param {Listener['callback']} callback
   * @param {number} flags
   * @returns {Listener}
   */
  append(type, callback, flags) {
    // All of one shape, which is what engines are quick with.
    const listener = { type, callback, flags, following: undefined };
    if (flags & CAPTURE) this.capturing++;
    if (this.#all.length === FEW) this.#sort();
    // Spread syntax leaves room for 16 more in V8.
    this.#replace(type, this.#with(type).concat([listener]));
    return listener;
  }

  /** @param {Listener} listener */
  drop(listener) {
    const { type, flags, following } = listener;
    if (flags & REMOVED) return;
    listener.flags |= REMOVED;
    following?.leave(listener);
    if (flags & ZONED) leaveZone(listener);
    if (flags & CAPTURE) this.capturing--;
    // However many they are, to copy and move them takes less than to look at each.
    const left = this.#with(type).slice();
    left.splice(left.indexOf(listener), 1);
    this.#replace(type, left);
  }

  /**
   * @param {string} type
   * @returns {readonly Listener[]} those of the type, and others where all are few
   */
  #with(type) {
    return this.#byType ? (this.#byType.get(type) ?? nobody) : this.#all;
  }

  /**
   * @param {string} type - whose listeners are others now
   * @param {readonly Listener[]} list - in place of #with()
   */
  #replace(type, list) {
    this.taskReasons++;
    // Idle sources need none.
    this.#lastType = '';
    this.#lastList = nobody;
    if (!this.#byType) {
      this.#all = list;
    } else if (list.length !== 0) {
      this.#byType.set(type, list);
    } else if (this.#byType.delete(type) && this.#byType.size === 0) {
      // The next ones may be few.
      this.#byType = undefined;
    }
  }

  /** From now on they are kept by their type; the order of all does not matter. */
  #sort() {
    if (this.#byType) return;
    const all = this.#all;
    this.#byType = new Map(all.map(({ type }) => [type, ofType(all, type)]));
    this.#all = nobody;
  }
}

/**
 * @param {readonly Listener[]} all
 * @param {string} type
 * @returns {readonly Listener[]}
 */
function ofType(all, type) {
  // What filter() gives has room for 16 more in V8; a copy has none.
  return all.filter((each) => each.type === type).slice();
}
