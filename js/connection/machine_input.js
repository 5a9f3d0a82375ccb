// What the connection machine (src/connection.h) cannot know by itself: times, random numbers, and what the user wants.
import { now } from '../core/clock.js';
import { hostCore } from '../core/host_core.js';

/** @returns {number} milliseconds, in 32 bits */
export const clock = () => now() >>> 0;

/** @returns {number} the same of a clock that goes on while the machine sleeps, where the other may stand still */
export const wallClock = () => Date.now() >>> 0;

/** @returns {number} 16 random bits */
export const random = () => (Math.random() * 0x10000) >>> 0;

/** Of retries. */
const NO_LIMIT = 0xffffffff;

/**
 * @param {number} handle - of the connection in the core
 * @param {Readonly<import('./options.js').Options>} options
 */
export function configure(handle, options) {
  const { reconnectionTime, maxReconnectionTime = 0, maxRetries = NO_LIMIT } = options;
  const { connectTimeout = 0, idleTimeout = 0, retry } = options;
  hostCore.machine.configure(
    handle,
    reconnectionTime,
    maxReconnectionTime,
    maxRetries,
    connectTimeout,
    idleTimeout,
    retry === 'transient',
  );
}
