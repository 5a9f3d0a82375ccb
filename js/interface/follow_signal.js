// What removes listeners when their signal is aborted: https://dom.spec.whatwg.org/#add-an-event-listener
import { attempt } from '../core/from_host.js';
import { outsideZones } from './zone.js';

/** @typedef {import('./listener.js').Listener} Listener */
/** @typedef {{drop(listener: Listener): void}} List - of a source's listeners */

/**
 * What a signal calls, which may outlive many sources, and so keeps none alive. Made in a function of its own: engines
 * keep for one closure what others in the same function refer to.
 *
 * @param {AbortSignal} signal
 * @param {Following} following
 * @returns {() => void}
 */
function abortionOf(signal, following) {
  const reference = weakly(following);
  // Scripts can dispatch such events as well.
  return () => signal.aborted && reference.deref()?.abort();
}

/** @type {(object: Following) => {deref(): Following | undefined}} */
const weakly = (following) => attempt(() => new WeakRef(following)) ?? { deref: () => following };

/**
 * Adding an abort listener takes hosts longer the more there are: the listeners of one source share one.
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
   * @param {AbortSignal} signal
   * @param {List} list
   */
  constructor(signal, list) {
    this.signal = signal;
    this.#list = list;
    this.#aborted = abortionOf(signal, this);
    outsideZones(() => signal.addEventListener('abort', this.#aborted));
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
    // A signal of somebody else's making may throw.
    attempt(() => this.signal.removeEventListener('abort', this.#aborted));
    followings.get(this.signal)?.delete(this.#list);
  }

  abort() {
    for (const listener of this.#listeners) this.#list.drop(listener);
  }
}

/**
 * @param {AbortSignal} signal
 * @param {List} list
 * @returns {Following} which the listener that it is to remove has to join
 */
export function follow(signal, list) {
  let those = followings.get(signal);
  if (!those) followings.set(signal, (those = new WeakMap()));
  let following = those.get(list);
  if (!following) those.set(list, (following = new Following(signal, list)));
  return following;
}
