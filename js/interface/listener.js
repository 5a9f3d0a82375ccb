// One event listener: https://dom.spec.whatwg.org/#concept-event-listener

// The flags of a listener, in one number: sources have several each, and this keeps them small.
export const CAPTURE = 1;
export const ONCE = 2;
export const PASSIVE = 4;
export const REMOVED = 8;
/** Of an event handler attribute, where returning false cancels, and what cannot be called does nothing. */
export const HANDLER = 16;
/** Of zone.js: it is called in the zone in which it was added. */
export const ZONED = 32;

/**
 * @typedef {object} Listener
 * @property {string} type
 * @property {Function | EventListenerObject} callback
 * @property {number} flags
 * @property {import('./follow_signal.js').Following | undefined} following - the signal that removes it
 */

/**
 * @param {Listener} listener
 * @returns {boolean} whether it was removed, or its signal is aborted and the abort event has not reached us yet
 */
export const isGone = ({ flags, following }) =>
  (flags & REMOVED) !== 0 || following?.signal.aborted === true;

/**
 * @param {Listener} listener
 * @param {unknown} callback - which means nothing for HANDLER: a type has one at most
 * @param {number} kind - CAPTURE, HANDLER or 0
 * @returns {boolean} whether it is the one that these stand for
 */
export const isThat = (listener, callback, kind) =>
  (listener.flags & (CAPTURE | HANDLER)) === kind &&
  (kind === HANDLER || listener.callback === callback) &&
  !isGone(listener);
