// The event listener list of one target: who is in it, and whom a type reaches. Sources may be many, and mostly
// have few listeners each: those are one array, which is searched. Where there are more, a map has them by type.
// Lists are replaced, never changed: a dispatch in progress keeps its own.
import { CAPTURE, isGone, isThat, REMOVED, ZONED } from './listener.js';
import { ListenersOfType } from './listeners_of_type.js';
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
   * @type {Map<string, ReadonlyArray<Listener> | ListenersOfType> | undefined}
   */
  #byType;
  /** The latest type and its list, because types repeat. '' stands for none: an event's type is never empty. */
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
    const those = this.#with(type);
    if (those instanceof ListenersOfType) return those.list;
    // What filter() gives has room for 16 more in V8; a copy has none.
    return this.#byType ? those : those.filter((each) => each.type === type).slice();
  }

  /**
   * @param {string} type
   * @param {unknown} callback
   * @param {number} kind - CAPTURE, HANDLER or 0
   * @returns {Listener | undefined}
   */
  find(type, callback, kind) {
    const those = this.#with(type);
    return those instanceof ListenersOfType
      ? those.find(callback, kind)
      : those.find((each) => each.type === type && isThat(each, callback, kind));
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
    const those = this.#with(type);
    if (those instanceof ListenersOfType) {
      those.append(listener);
    } else {
      // Spread syntax leaves room for 16 more in V8.
      const longer = those.concat([listener]);
      this.#replace(type, longer.length > FEW ? new ListenersOfType(longer) : longer);
    }
    this.#changed();
    return listener;
  }

  /**
   * @param {Listener} listener
   * @param {boolean} [isSwept] - whether sweep() takes it out
   */
  drop(listener, isSwept) {
    const { type, flags, following } = listener;
    if (!(flags & REMOVED)) {
      listener.flags |= REMOVED;
      following?.leave(listener);
      if (flags & ZONED) leaveZone(listener);
      if (flags & CAPTURE) this.capturing--;
    }
    if (isSwept) return;
    const those = this.#with(type);
    if (!(those instanceof ListenersOfType)) {
      const left = those.filter((other) => other !== listener);
      // As above: a copy takes less memory.
      this.#replace(type, left.length === 0 ? nobody : left.slice());
    } else if (!those.drop(listener)) {
      this.#replace(type, nobody);
    }
    this.#changed();
  }

  /**
   * Takes out those that are gone. Where that is all of many, it takes much less time than one by one.
   *
   * @param {readonly Listener[]} list - of one type
   */
  sweep(list) {
    const { type } = list[0];
    const those = this.#with(type);
    if (those instanceof ListenersOfType && those.list.every(isGone)) this.#replace(type, nobody);
    else for (const each of list) if (isGone(each)) this.drop(each);
    this.#changed();
  }

  /**
   * @param {string} type
   * @returns {ReadonlyArray<Listener> | ListenersOfType} those of the type, and others where all are few
   */
  #with(type) {
    return this.#byType ? (this.#byType.get(type) ?? nobody) : this.#all;
  }

  /**
   * @param {string} type
   * @param {ReadonlyArray<Listener> | ListenersOfType} those - in place of what #with() gives
   */
  #replace(type, those) {
    if (!this.#byType) {
      this.#all = /** @type {readonly Listener[]} */ (those);
    } else if (those !== nobody) {
      this.#byType.set(type, those);
    } else if (this.#byType.delete(type) && this.#byType.size === 0) {
      // The next ones may be few.
      this.#byType = undefined;
    }
  }

  /** From now on they are kept by type. */
  #sort() {
    if (this.#byType) return;
    const all = this.#all;
    const types = all.map(({ type }) => type);
    this.#byType = new Map(types.map((type) => [type, this.listOf(type)]));
    this.#all = nobody;
  }

  /** What was asked for last is another list now; idle sources need none. */
  #changed() {
    this.taskReasons++;
    this.#lastType = '';
    this.#lastList = nobody;
  }
}
