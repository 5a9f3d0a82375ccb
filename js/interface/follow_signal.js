// What removes listeners when their signal is aborted: https://dom.spec.whatwg.org/#add-an-event-listener
import { attempt } from '../core/from_host.js';
import { outsideZones } from './zone.js';

/** @typedef {import('./listener.js').Listener} Listener */
/** @typedef {{drop(listener: Listener): void}} List - of a source's listeners */

/** @type {(object: Following) => {deref(): Following | undefined}} */
const weakly = (following) => attempt(() => new WeakRef(following)) ?? { deref: () => following };

/**
 * Hosts take the longer to listen to a signal the more do: the listeners of one source do it together.
 *
 * @type {WeakMap<AbortSignal, WeakMap<List, Following>>}
 */
const followings = new WeakMap();

/** The listeners of one source that one signal removes. */
export class Following {
  #list;
  /** @type {Set<Listener>} */
  #listeners = new Set();
  #aborted;

  /**
   * @param {AbortSignal} signal - which may outlive many sources, and so keeps none alive
   * @param {List} list
   */
  constructor(signal, list) {
    this.signal = signal;
    this.#list = list;
    const reference = weakly(this);
    // Scripts can dispatch such events as well.
    // What closures here refer to lives as long as the signal: not `this`.
    const aborted = () => signal.aborted && reference.deref()?.abort();
    this.#aborted = aborted;
    outsideZones(() => signal.addEventListener('abort', aborted));
  }

  /** @param {Listener} listener */
  join(listener) {
    this.#listeners.add(listener);
    listener.following = this;
  }

  /** @param {Listener} listener - that is removed */
  leave(listener) {
    this.#listeners.delete(listener);
    if (this.#listeners.size !== 0) return;
    this.signal.removeEventListener('abort', this.#aborted);
    const those = followings.get(this.signal);
    if (those?.get(this.#list) === this) those.delete(this.#list);
  }

  abort() {
    for (const listener of this.#listeners) this.#list.drop(listener);
  }
}

/**
 * @param {AbortSignal} signal - that removes the listener
 * @param {Listener} listener
 * @param {List} list - that it is in
 */
export function follow(signal, listener, list) {
  let those = followings.get(signal);
  if (!those) followings.set(signal, (those = new WeakMap()));
  let following = those.get(list);
  if (!following) those.set(list, (following = new Following(signal, list)));
  following.join(listener);
}
