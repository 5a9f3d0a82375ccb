// The listeners of one target, and how its own events reach them: https://dom.spec.whatwg.org/#interface-eventtarget
import { requireObject } from './arguments.js';
import { follow } from './follow_signal.js';
import { CAPTURE, HANDLER, isGone, ONCE, PASSIVE, ZONED } from './listener.js';
import { hidesHandlers } from './host_dispatch.js';
import { ListenerList } from './listener_list.js';
import { reportException } from './report.js';
import { callInZone, keepZone, leaveZone } from './zone.js';
import { beginDispatch, endDispatch, immediatePropagationStopped, setPassive } from './events.js';

/** @typedef {import('./listener.js').Listener} Listener */

/**
 * "Flatten" the options: https://dom.spec.whatwg.org/#concept-flatten-options
 *
 * @param {any} options
 * @returns {AddEventListenerOptions}
 */
const flatten = (options) => (Object(options) === options ? options : { capture: options });

export class Listeners extends ListenerList {
  #target;

  /** @param {EventTarget} target */
  constructor(target) {
    super();
    this.#target = target;
  }

  /**
   * https://dom.spec.whatwg.org/#dom-eventtarget-addeventlistener
   *
   * @param {string} name
   * @param {EventListenerOrEventListenerObject | null} callback
   * @param {any} options
   */
  add(name, callback, options) {
    const type = `${name}`;
    requireObject(callback, 'listener');
    const { capture, once, passive, signal } = flatten(options);
    if (signal !== undefined && typeof signal?.addEventListener !== 'function') {
      throw new TypeError("addEventListener: the option 'signal' must be an AbortSignal.");
    }
    const flags = (capture ? CAPTURE : 0) | (once ? ONCE : 0) | (passive ? PASSIVE : 0);
    if (signal?.aborted || !callback || this.find(type, callback, flags & CAPTURE)) return;
    // What it throws is the caller's, and nothing is added then.
    const following = signal && follow(signal, this);
    const listener = this.append(type, callback, flags);
    this.#keepZone(listener);
    following?.join(listener);
  }

  /**
   * https://dom.spec.whatwg.org/#dom-eventtarget-removeeventlistener
   *
   * @param {string} name
   * @param {EventListenerOrEventListenerObject | null} callback
   * @param {any} options
   */
  remove(name, callback, options) {
    const type = `${name}`;
    requireObject(callback, 'listener');
    const { capture } = flatten(options);
    const listener = this.find(type, callback, capture ? CAPTURE : 0);
    if (listener) this.drop(listener);
  }

  /**
   * @param {string} type
   * @returns {any} the value of its event handler attribute
   */
  getHandler(type) {
    if (hidesHandlers(this)) return null;
    return this.find(type, null, HANDLER)?.callback ?? null;
  }

  /**
   * Sets an event handler: https://html.spec.whatwg.org/#event-handler-attributes. It takes its place
   * among the listeners when it is first set, and keeps it until it is set to null.
   *
   * @param {string} type
   * @param {unknown} value - what is no object means null
   */
  setHandler(type, value) {
    const callback =
      Object(value) === value ? /** @type {Listener['callback']} */ (value) : undefined;
    let listener = this.find(type, null, HANDLER);
    if (callback) {
      listener ??= this.append(type, callback, HANDLER);
      listener.callback = callback;
      this.#keepZone(listener);
      this.taskReasons++;
    } else if (listener) {
      this.drop(listener);
    }
  }

  /**
   * The same as dispatch() for an event as it was made, which nobody has stopped and nobody can cancel. Mostly
   * one listener hears it, with nothing special about it, and little is left of the algorithm.
   *
   * @param {import('./events.js').StreamEvent} event
   * @param {readonly Listener[]} list - of its type, at least one
   */
  dispatchNew(event, list) {
    const { callback, flags, following } = list[0];
    const isSpecial = (flags & ~HANDLER) !== 0 || following || typeof callback !== 'function';
    if (isSpecial || list.length !== 1) {
      this.dispatch(event, list);
      return;
    }
    beginDispatch(event, this.#target);
    try {
      const result = callback.call(this.#target, event);
      if (typeof result?.then === 'function') this.taskReasons++;
    } catch (error) {
      reportException(error);
    }
    endDispatch(event);
  }

  /**
   * Dispatches one of our own events at the target: https://dom.spec.whatwg.org/#concept-event-dispatch
   *
   * @param {import('./events.js').StreamEvent} event
   * @param {readonly Listener[]} [list] - of its type
   */
  dispatch(event, list = this.listOf(event.type)) {
    beginDispatch(event, this.#target);
    // Stopped before it was dispatched: nobody hears of it.
    if (!event.cancelBubble) this.invokeAll(event, list);
    endDispatch(event);
  }

  /**
   * "Invoke" in both phases: at the target, too, the capturing listeners come first, and may stop the others.
   *
   * @param {Event | import('./events.js').StreamEvent} event
   * @param {readonly Listener[]} [list] - of its type
   */
  invokeAll(event, list = this.listOf(event.type)) {
    if (this.capturing !== 0) {
      this.#invoke(list, event, CAPTURE);
      if (event.cancelBubble) return;
      list = this.listOf(event.type);
    }
    this.#invoke(list, event, 0);
  }

  /**
   * "Inner invoke": https://dom.spec.whatwg.org/#concept-event-listener-inner-invoke
   *
   * @param {readonly Listener[]} list
   * @param {any} event
   * @param {number} phase - CAPTURE or 0
   */
  #invoke(list, event, phase) {
    let allFlags = 0;
    for (const listener of list) {
      const { flags } = listener;
      if ((flags & CAPTURE) !== phase || isGone(listener)) continue;
      allFlags |= flags;
      if (flags & PASSIVE) setPassive(event, true);
      try {
        if (flags & ZONED) callInZone(listener, this.#target, event);
        else this.#callHere(listener, event);
      } catch (error) {
        reportException(error);
      }
      if (flags & PASSIVE) setPassive(event, false);
      if (event.cancelBubble && immediatePropagationStopped(event)) break;
    }
    if (allFlags & ONCE) this.sweep(list);
  }

  /**
   * @param {Listener} listener
   * @param {Event} event
   */
  #callHere(listener, event) {
    const { callback, flags } = listener;
    if (flags & ONCE) this.drop(listener, true);
    /** @type {any} */
    let result;
    if (typeof callback === 'function') {
      result = callback.call(this.#target, event);
      if (flags & HANDLER && result === false) event.preventDefault();
    } else if (!(flags & HANDLER)) {
      result = callback.handleEvent(event);
    }
    if (typeof result?.then === 'function') this.taskReasons++;
  }

  /** @param {Listener} listener - that has none, or another */
  #keepZone(listener) {
    if (listener.flags & ZONED) leaveZone(listener);
    // Most programs have no zones, and pay no closure for them.
    const isKept =
      'Zone' in globalThis && keepZone(listener, (event) => this.#callHere(listener, event));
    listener.flags = isKept ? listener.flags | ZONED : listener.flags & ~ZONED;
  }
}
