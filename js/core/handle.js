// A connection in the core's memory, which has no garbage collection: it is destroyed when it is closed, or when
// whoever owned it was dropped without that.
import { attempt } from './from_host.js';
import { hostCore } from './host_core.js';

/** @typedef {{value: number}} Handle - of the core; 0 when it is destroyed */

/** @type {FinalizationRegistry<Handle> | undefined} */
const dropped = attempt(() => new FinalizationRegistry(destroyHandle));

/**
 * @param {object} owner - which alone uses it; nothing is to be unregistered when it is destroyed before
 * @param {number} [maxEventSize]
 * @returns {Handle}
 * @throws {RangeError} when there is no memory
 */
export function createHandle(owner, maxEventSize) {
  const handle = { value: hostCore.create(maxEventSize) };
  dropped?.register(owner, handle);
  return handle;
}

/** @param {Handle} handle */
export function destroyHandle(handle) {
  const { value } = handle;
  if (value === 0) return;
  handle.value = 0;
  hostCore.machine.destroy(value);
}
