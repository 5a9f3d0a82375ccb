// Events of the host's own class, which scripts dispatch at a source: they go through the host's own algorithm, which
// alone can set their target and phase. What hosts do otherwise than the standard says is made up for here.
import { alreadyDispatched } from './events.js';
import { FEW, isCapturing, isGone, PASSIVE } from './listener.js';
import { reportException } from './report.js';

/** @typedef {import('./listener.js').Listener} Listener */
/** @typedef {import('./listeners.js').Listeners} Listeners */

/** @type {Event[]} the host's own events that are being dispatched at our targets, the innermost last */
const inFlight = [];

/** @type {Listeners | undefined} in whose place the host alone is at work just now */
let hiding;

/**
 * workerd's dispatchEvent() calls what it finds in target.onmessage, besides the listeners.
 *
 * @param {Listeners} listeners
 * @returns {boolean} whether their event handlers are to read as null
 */
export const hidesHandlers = (listeners) => listeners === hiding;

/**
 * workerd leaves currentTarget as it was.
 *
 * @param {Event} event - that is no longer being dispatched
 */
function forgetCurrentTarget(event) {
  const { get } = Object.getOwnPropertyDescriptor(Event.prototype, 'currentTarget') ?? {};
  Object.defineProperty(event, 'currentTarget', {
    get: () => (event.eventPhase === 0 ? null : get?.call(event)),
    configurable: true,
  });
}

/** Of an event, while a passive listener has it: not every host knows them. */
const passively = {
  preventDefault: { value: () => {}, configurable: true },
  returnValue: {
    /** @this {Event} */
    get() {
      return !this.defaultPrevented;
    },
    set() {},
    configurable: true,
  },
};

/**
 * @param {Listeners} listeners
 * @param {Listener} listener - whose turn it is
 * @param {Event} event
 */
function call(listeners, listener, event) {
  const { flags } = listener;
  if (isGone(listener)) return;
  if (flags & PASSIVE) Object.defineProperties(event, passively);
  hiding = undefined;
  try {
    listeners.call(listener, event);
  } catch (error) {
    // Not every host reports it: workerd's throws it from dispatchEvent() before 2024-09.
    reportException(error);
  } finally {
    hiding = listeners;
    if (flags & PASSIVE) {
      for (const name of Object.keys(passively)) Reflect.deleteProperty(event, name);
    }
  }
}

/** Whether a listener has called it, no script can ask. */
const STOP = 'stopImmediatePropagation';

/** @typedef {(current: Event) => void} HostListener */

/**
 * @param {Listeners} listeners
 * @param {readonly Listener[]} list - theirs for the event
 * @param {Event} event - to dispatch, while something hinders asOne()
 * @returns {HostListener[]} what the host is to call, one for each of ours
 */
function mirror(listeners, list, event) {
  const capturing = list.filter(isCapturing);
  // workerd knows no capturing listeners: they come first as ordinary ones.
  const inOrder = [...capturing, ...list.filter((listener) => !isCapturing(listener))];
  return inOrder.map((listener) => (current) => {
    // A listener may dispatch another event of this type before this one is through.
    if (current !== event) return;
    if (capturing.length !== 0 && !isCapturing(listener) && event.cancelBubble) return;
    call(listeners, listener, event);
  });
}

/**
 * The same for many listeners, as hosts compare each that is added with all that are there; and for capturing ones,
 * which may add others that are to hear of the event.
 *
 * @param {Listeners} listeners
 * @param {readonly Listener[]} list - theirs for the event
 * @param {Event} event - to dispatch
 * @returns {HostListener | undefined} one that calls all of them, if it can know when one of them stops the others
 */
function asOne(listeners, list, event) {
  if (Object.getOwnPropertyDescriptor(event, STOP)) return undefined;
  let stopped = false;
  const stop = () => {
    stopped = true;
    Event.prototype[STOP].call(event);
  };
  if (!Reflect.defineProperty(event, STOP, { value: stop, configurable: true })) return undefined;
  const callEach = (/** @type {readonly Listener[]} */ those) => {
    for (const listener of those) {
      if (!stopped) call(listeners, listener, event);
    }
  };
  const capturing = list.filter(isCapturing);
  return (current) => {
    if (current !== event) return;
    callEach(capturing);
    if (capturing.length !== 0 && event.cancelBubble) return;
    callEach(listeners.listOf(event.type).filter((listener) => !isCapturing(listener)));
  };
}

/**
 * Dispatches an event of the host's own class: for this one dispatch our listeners are the host's.
 *
 * @param {Event} event
 * @param {EventTarget} target
 * @param {Listeners} listeners - of the target
 * @param {EventTarget} host - the prototype whose methods are the host's
 * @returns {boolean} false when a listener has cancelled it
 */
export function dispatchThroughHost(event, target, listeners, host) {
  const list = listeners.listOf(event?.type);
  if (typeof host.dispatchEvent !== 'function') {
    // A host without events of its own: whatever has a type is one.
    if (typeof event?.type !== 'string') {
      throw new TypeError('dispatchEvent: no event was given.');
    }
    listeners.invoke(list, /** @type {any} */ (event));
    return !event.defaultPrevented;
  }
  // Not every host throws the standard's exception.
  if (inFlight.includes(event)) throw alreadyDispatched();
  const isUsual = list.length <= FEW && listeners.capturing === 0;
  const one = isUsual ? undefined : asOne(listeners, list, event);
  const mirrored = one ? [one] : mirror(listeners, list, event);
  for (const callback of mirrored) host.addEventListener.call(target, event.type, callback);
  const hidden = hiding;
  hiding = listeners;
  inFlight.push(event);
  try {
    host.dispatchEvent.call(target, event);
    // workerd gives false for events that cannot be cancelled.
    return !event.defaultPrevented;
  } finally {
    hiding = hidden;
    inFlight.pop();
    if (one) Reflect.deleteProperty(event, STOP);
    if (event?.currentTarget === target) forgetCurrentTarget(event);
    for (const callback of mirrored) host.removeEventListener.call(target, event.type, callback);
  }
}
