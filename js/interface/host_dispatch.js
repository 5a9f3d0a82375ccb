// Events of the host's own class, which scripts dispatch at a source: they go through the host's own algorithm, which
// alone can set their target and phase. Where hosts deviate from the standard, it is corrected here.
import { alreadyDispatched } from './events.js';
import { forgetCurrentTarget, inFlight, takeOff } from './host_event.js';

/** @typedef {import('./listeners.js').Listeners} Listeners */

const NO_EVENT = 'dispatchEvent: no event was given.';

/** @type {Listeners | undefined} whose target the host is dispatching at just now */
let hiding;

/**
 * workerd's dispatchEvent() calls what it finds in target.onmessage, besides the listeners.
 *
 * @param {Listeners} listeners
 * @returns {boolean} whether their event handlers are to read as null
 */
export const hidesHandlers = (listeners) => listeners === hiding;

/**
 * Dispatches an event of the host's own class: for this one dispatch the host has a listener, which calls all of ours.
 * Hosts compare each that is added with all that are there, and workerd knows no capturing ones.
 *
 * @param {Event} event
 * @param {EventTarget} target
 * @param {Listeners} listeners - of the target
 * @param {EventTarget} host - the prototype whose methods are the host's
 * @returns {boolean} false when a listener has cancelled it
 */
export function dispatchThroughHost(event, target, listeners, host) {
  if (typeof event?.type !== 'string') throw new TypeError(NO_EVENT);
  if (typeof host.dispatchEvent !== 'function') {
    // A host without events of its own: whatever has a type is one.
    listeners.invokeAll(event);
    return !event.defaultPrevented;
  }
  // Not every host throws the standard's exceptions.
  if (typeof event.eventPhase !== 'number') throw new TypeError(NO_EVENT);
  if (inFlight.has(event)) throw alreadyDispatched();
  const { type } = event;
  const callAll = (/** @type {Event} */ current) => {
    // A listener may dispatch another event of this type before this one is through.
    if (current !== event) return;
    hiding = undefined;
    listeners.invokeAll(event);
    hiding = listeners;
  };
  const hidden = hiding;
  hiding = listeners;
  const land = takeOff(event);
  host.addEventListener.call(target, type, callAll);
  try {
    host.dispatchEvent.call(target, event);
    // workerd gives false for events that cannot be cancelled.
    return !event.defaultPrevented;
  } finally {
    host.removeEventListener.call(target, type, callAll);
    land();
    hiding = hidden;
    if (event.currentTarget === target) forgetCurrentTarget(event);
  }
}
