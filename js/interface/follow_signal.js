// What removes a listener when its signal is aborted: https://dom.spec.whatwg.org/#add-an-event-listener
import { attempt } from '../core/from_host.js';
import { outsideZones } from './zone.js';

/**
 * @typedef {object} Following
 * @property {AbortSignal} signal
 * @property {() => void} stop - listening to it
 * @property {() => void} remove - the listener
 */

/** @type {(object: Following) => {deref(): Following | undefined}} */
const weakly = (following) => attempt(() => new WeakRef(following)) ?? { deref: () => following };

/**
 * @param {AbortSignal} signal - which may outlive many sources, and so keeps none alive
 * @param {() => void} remove
 * @returns {Following}
 */
export function follow(signal, remove) {
  const following = { signal, remove, stop: () => signal.removeEventListener('abort', aborted) };
  const reference = weakly(following);
  // Scripts can dispatch such events as well.
  const aborted = () => signal.aborted && reference.deref()?.remove();
  outsideZones(() => signal.addEventListener('abort', aborted));
  return following;
}
