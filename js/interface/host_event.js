// What is made up for on an event of the host's own class while it is dispatched at one of our targets.
import { getterOf } from '../core/typed_array.js';
import { define } from './define.js';

/** @type {Map<Event, boolean>} those that are, and whether stopImmediatePropagation() was called, which no script can ask */
export const inFlight = new Map();

const STOP = 'stopImmediatePropagation';
const BUBBLE = 'cancelBubble';

/**
 * @param {Event} event - that is in flight from now on
 * @returns {() => void} for when it is no longer
 */
export function takeOff(event) {
  const own = Object.getOwnPropertyDescriptor(event, STOP);
  const stop = event[STOP];
  const value = () => {
    inFlight.set(event, true);
    stop.call(event);
    // workerd's does not set it.
    if (!event.cancelBubble) define(event, BUBBLE, true);
  };
  inFlight.set(event, false);
  define(event, STOP, value);
  return () => {
    if (inFlight.get(event)) Reflect.deleteProperty(event, BUBBLE);
    inFlight.delete(event);
    Reflect.deleteProperty(event, STOP);
    if (own) Reflect.defineProperty(event, STOP, own);
  };
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
 * @param {Event} event
 * @param {boolean} passive - whether a passive listener has it
 */
export function setHostPassive(event, passive) {
  if (!inFlight.has(event)) return;
  for (const [name, property] of Object.entries(passively)) {
    if (passive) Reflect.defineProperty(event, name, property);
    else Reflect.deleteProperty(event, name);
  }
}

/**
 * workerd leaves currentTarget as it was.
 *
 * @param {Event} event - that is no longer being dispatched
 */
export function forgetCurrentTarget(event) {
  const get = getterOf(Event.prototype, 'currentTarget');
  Object.defineProperty(event, 'currentTarget', {
    get: () => (event.eventPhase === 0 ? null : get?.call(event)),
    configurable: true,
  });
}
