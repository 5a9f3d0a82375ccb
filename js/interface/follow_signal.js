// What a signal ends when it is aborted: listeners (https://dom.spec.whatwg.org/#add-an-event-listener), and sources.
import { attempt } from '../core/from_host.js';
import { weakly } from '../core/weakly.js';
import { outsideZones } from './zone.js';

/** @typedef {{following: Following | undefined}} Followed - a listener; or a source, as far as a signal closes it */
/** @typedef {{drop(followed: any): void}} List - of a source's listeners; or that source */
/** @typedef {{deref(): Following | undefined}} Reference */

/**
 * All who follow one signal, by one listener of its own: Node warns of more than ten. It may outlive them all, and so
 * keeps none of them alive.
 *
 * @typedef {object} Followers
 * @property {Set<Reference>} references
 * @property {() => void} aborted - the listener
 */

/** @type {WeakMap<AbortSignal, Followers>} */
const followersOf = new WeakMap();

/**
 * @param {AbortSignal} signal
 * @returns {Followers}
 */
function beginFollowing(signal) {
  /** @type {Set<Reference>} */
  const references = new Set();
  const aborted = () => {
    // Scripts can dispatch such events as well.
    if (signal.aborted) references.forEach((reference) => reference.deref()?.abort());
  };
  outsideZones(() => signal.addEventListener('abort', aborted));
  const followers = { references, aborted };
  followersOf.set(signal, followers);
  return followers;
}

/** @type {FinalizationRegistry<() => void> | undefined} of those that were dropped; made when it is needed */
let dropped;

/**
 * @param {AbortSignal} signal
 * @param {Following} following
 * @returns {() => void} what has the signal forget it; it refers to neither
 */
function enlist(signal, following) {
  const followers = followersOf.get(signal) ?? beginFollowing(signal);
  const { references } = followers;
  const reference = weakly(following);
  references.add(reference);
  const ofSignal = weakly(signal);
  const forget = () => {
    references.delete(reference);
    const living = ofSignal.deref();
    if (references.size > 0 || !living) return;
    // A signal of somebody else's making may throw.
    attempt(() => living.removeEventListener('abort', followers.aborted));
    followersOf.delete(living);
  };
  dropped ??= attempt(() => new FinalizationRegistry((leave) => leave()));
  dropped?.register(following, forget);
  return forget;
}

/**
 * The listeners of one source that one signal removes share one.
 *
 * @type {WeakMap<AbortSignal, WeakMap<List, Following>>}
 */
const followings = new WeakMap();

/** What one signal ends for one source. */
export class Following {
  #list;
  /** @type {Set<Followed>} */
  #followed = new Set();
  #forget;

  /**
   * @param {AbortSignal} signal
   * @param {List} list
   */
  constructor(signal, list) {
    this.signal = signal;
    this.#list = list;
    this.#forget = enlist(signal, this);
  }

  /** @param {Followed} followed */
  join(followed) {
    this.#followed.add(followed);
    followed.following = this;
  }

  /** @param {Followed} followed - which is removed, or closed */
  leave(followed) {
    // close() may be called again, when others follow the signal.
    if (!this.#followed.delete(followed) || this.#followed.size > 0) return;
    this.#forget();
    followings.get(this.signal)?.delete(this.#list);
  }

  abort() {
    for (const followed of this.#followed) this.#list.drop(followed);
  }
}

/**
 * @param {AbortSignal} signal
 * @param {List} list
 * @returns {Following} which has to be joined by the listener that it is to remove, or the source that it is to close
 * @throws {any} whatever a signal of somebody else's making throws
 */
export function follow(signal, list) {
  let those = followings.get(signal);
  if (!those) followings.set(signal, (those = new WeakMap()));
  let following = those.get(list);
  if (!following) those.set(list, (following = new Following(signal, list)));
  return following;
}
