// The event listener list of one target: who is in it, and whom a type reaches. Sources may be many, and mostly
// have few listeners each: those are one array, which is searched. Where there are many, a map has them by type.
import { CAPTURE, REMOVED, isThat } from './listener.js';
import { ListenersOfType } from './listeners_of_type.js';

/** @typedef {import('./listener.js').Listener} Listener */

/** @type {readonly Listener[]} */
const nobody = [];

/** So many listeners are searched for a type; and so often, where types alternate. */
const FEW = 16;

export class ListenerList {
  /**
   * Counts what may leave promise reactions waiting: listeners that came, went or returned a promise.
   */
  taskReasons = 0;
  /** How many are capturing: mostly none. */
  capturing = 0;
  /** All of them as they came, where they are few. Replaced, never changed: who is dispatching keeps its own. */
  #all = nobody;
  /**
   * Where they are many, or types alternate.
   *
   * @type {Map<string, ListenersOfType> | undefined}
   */
  #byType;
  #searches = 0;
  /** The list that was asked for last: types repeat. Empty: none; a stream gives no such type. */
  #lastType = '';
  #lastList = nobody;

  /**
   * @param {string} type - of an event that a stream gives
   * @returns {readonly Listener[]} whom it reaches
   */
  of(type) {
    if (type !== this.#lastType) {
      this.#lastType = type;
      if (!this.#byType && ++this.#searches > FEW) this.#sort();
      this.#lastList = this.listOf(type);
    }
    return this.#lastList;
  }

  /**
   * @param {string} type - any
   * @returns {readonly Listener[]} whom an event of this type reaches
   */
  listOf(type) {
    return this.#byType ? (this.#byType.get(type)?.living ?? nobody) : ofType(this.#all, type);
  }

  /**
   * @param {string} type
   * @param {unknown} callback
   * @param {number} kind - CAPTURE, HANDLER or 0
   * @returns {Listener | undefined}
   */
  find(type, callback, kind) {
    if (this.#byType) return this.#byType.get(type)?.find(callback, kind);
    return this.#all.find((each) => each.type === type && isThat(each, callback, kind));
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
    if (this.#all.length === FEW) this.#sort();
    if (this.#byType) {
      const ofItsType = this.#byType.get(type);
      if (ofItsType) ofItsType.append(listener);
      else this.#byType.set(type, new ListenersOfType([listener]));
      this.#lastType = '';
    } else {
      // Spread syntax leaves room for 16 more in V8.
      this.#replace(type, this.#all.concat([listener]));
    }
    if (flags & CAPTURE) this.capturing++;
    this.taskReasons++;
    return listener;
  }

  /** @param {Listener} listener */
  drop(listener) {
    const { type, flags, following } = listener;
    if (flags & REMOVED) return;
    listener.flags |= REMOVED;
    following?.leave(listener);
    if (flags & CAPTURE) this.capturing--;
    this.taskReasons++;
    const byType = this.#byType;
    if (!byType) {
      this.#replace(
        type,
        select(this.#all, (other) => other !== listener),
      );
      return;
    }
    this.#lastType = '';
    if (byType.get(type)?.remove(listener)) return;
    byType.delete(type);
    if (byType.size !== 0) return;
    this.#byType = undefined;
    this.#searches = 0;
  }

  /**
   * @param {string} type - whose listeners are others now
   * @param {readonly Listener[]} all
   */
  #replace(type, all) {
    this.#all = all;
    this.#lastType = type;
    this.#lastList = ofType(all, type);
  }

  /** From now on they are kept by their type; the order of all does not matter. */
  #sort() {
    const all = this.#all;
    this.#all = nobody;
    this.#byType = new Map(
      all.map(({ type }) => [type, new ListenersOfType([...ofType(all, type)])]),
    );
  }
}

/**
 * @param {readonly Listener[]} all
 * @param {(listener: Listener) => boolean} wanted
 * @returns {readonly Listener[]}
 */
function select(all, wanted) {
  // What filter() gives has room for 16 more in V8; a copy has none.
  return all.filter(wanted).slice();
}

/**
 * @param {readonly Listener[]} all
 * @param {string} type
 */
function ofType(all, type) {
  let list = nobody;
  for (const listener of all) {
    if (listener.type !== type) continue;
    // Mostly it is the only one.
    if (list !== nobody) return select(all, (each) => each.type === type);
    list = [listener];
  }
  return list;
}
