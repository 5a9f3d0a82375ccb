// What removes listeners when their signal is aborted: https://dom.spec.whatwg.org/#add-an-event-listener
import { weakly } from '../core/weakly.js';
import { outsideZones } from './zone.js';

/** @typedef {{following: Following | undefined}} Followed - a listener; or a source, as far as a signal closes it */
/** @typedef {{drop(followed: any): void}} List - of a source's listeners; or that source */

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

/**
 * Adding an abort listener takes hosts longer the more there are: the listeners of one source share one.
 *
 * @type {WeakMap<AbortSignal, WeakMap<List, Following>>}
 */
const followings = new WeakMap();

/** The listeners of one source that one signal removes. */
export class Following {
  #list;
  /** @type {Set<Followed>} */
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

  /** @param {Followed} listener */
  join(listener) {
    this.#listeners.add(listener);
    listener.following = this;
  }

  /** @param {Followed} listener - that is removed */
  leave(listener) {
    this.#listeners.delete(listener);
    if (this.#listeners.size !== 0) return;
    this.signal.removeEventListener('abort', this.#aborted);
    followings.get(this.signal)?.delete(this.#list);
  }

  abort() {
    for (const listener of this.#listeners) this.#list.drop(listener);
  }
}

/**
 * @param {AbortSignal} signal - that removes the listener
 * @param {Followed} listener
 * @param {List} list - that it is in
 */
export function follow(signal, listener, list) {
  let those = followings.get(signal);
  if (!those) followings.set(signal, (those = new WeakMap()));
  let following = those.get(list);
  if (!following) those.set(list, (following = new Following(signal, list)));
  following.join(listener);
}
