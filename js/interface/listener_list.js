// The event listener list of one target: who is in it, and whom a type reaches. Sources may be many, and mostly
// have few listeners each: those are one array, which is searched. Where there are more, a map has them by type.
import { CAPTURE, FEW, isThat, REMOVED } from './listener.js';
import { ListenersOfType } from './listeners_of_type.js';

/** @typedef {import('./listener.js').Listener} Listener */

/** @type {readonly Listener[]} */
const nobody = [];

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
   * Where they are not, or types alternate. Lists are replaced, but for those of #many.
   *
   * @type {Map<string, readonly Listener[]> | undefined}
   */
  #byType;
  /**
   * Types with many listeners. Their lists are in #byType, too, until one is removed.
   *
   * @type {Map<string, ListenersOfType> | undefined}
   */
  #many;
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
      this.#lastList = this.#byType
        ? (this.#byType.get(type) ?? this.#manyOf(type))
        : this.#search(type);
      this.#lastType = type;
    }
    return this.#lastList;
  }

  /**
   * @param {string} type - any
   * @returns {readonly Listener[]} whom an event of this type reaches
   */
  listOf(type) {
    return this.#byType ? (this.#byType.get(type) ?? this.#manyOf(type)) : ofType(this.#all, type);
  }

  /**
   * @param {string} type
   * @param {unknown} callback
   * @param {number} kind - CAPTURE, HANDLER or 0
   * @returns {Listener | undefined}
   */
  find(type, callback, kind) {
    const many = this.#many?.get(type);
    if (many) return many.find(callback, kind);
    const list = this.#byType ? (this.#byType.get(type) ?? nobody) : this.#all;
    return list.find((each) => each.type === type && isThat(each, callback, kind));
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
    this.taskReasons++;
    if (this.#all.length === FEW) this.#sort();
    const many = this.#many?.get(type);
    if (many) {
      many.append(listener);
      return listener;
    }
    const list = this.#byType ? (this.#byType.get(type) ?? nobody) : this.#all;
    // Spread syntax leaves room for 16 more in V8.
    const longer = list.concat([listener]);
    this.#replace(type, longer);
    if (longer.length > FEW) {
      this.#many ??= new Map();
      this.#many.set(type, new ListenersOfType(longer));
    }
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
    const many = this.#many?.get(type);
    if (many) {
      this.#forget();
      this.#byType?.delete(type);
      if (!many.remove(listener)) this.#many?.delete(type);
    } else {
      const list = this.#byType ? (this.#byType.get(type) ?? nobody) : this.#all;
      this.#replace(
        type,
        select(list, (other) => other !== listener),
      );
    }
    if (this.#byType?.size !== 0 || this.#many?.size) return;
    // The next ones may be few.
    this.#byType = undefined;
    this.#searches = 0;
  }

  /**
   * @param {string} type - whose listeners are others now
   * @param {readonly Listener[]} list - of it, or of all
   */
  #replace(type, list) {
    this.#forget();
    if (!this.#byType) this.#all = list;
    else if (list.length === 0) this.#byType.delete(type);
    else this.#byType.set(type, list);
  }

  /** The list that was asked for last is another one now; idle sources need none. */
  #forget() {
    this.#lastType = '';
    this.#lastList = nobody;
  }

  /** @param {string} type */
  #search(type) {
    // After a change of listeners it would be searched for anyway.
    if (this.#lastType !== '' && ++this.#searches > FEW) this.#sort();
    return this.listOf(type);
  }

  /**
   * @param {string} type - that is not in #byType
   * @returns {readonly Listener[]}
   */
  #manyOf(type) {
    const list = this.#many?.get(type)?.living;
    if (list) this.#byType?.set(type, list);
    return list ?? nobody;
  }

  /** From now on they are kept by their type; the order of all does not matter. */
  #sort() {
    const all = this.#all;
    this.#all = nobody;
    this.#byType = new Map(all.map(({ type }) => [type, ofType(all, type)]));
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
