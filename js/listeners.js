// The event listener list of one target: https://dom.spec.whatwg.org/#interface-eventtarget
import { reportException } from './report.js';
import {
  alreadyDispatched,
  beginDispatch,
  endDispatch,
  immediatePropagationStopped,
  propagationStopped,
  setPassive,
} from './events.js';

/**
 * @typedef {object} Listener
 * @property {string} type
 * @property {Function | EventListenerObject} callback
 * @property {boolean} capture
 * @property {boolean} once
 * @property {boolean} passive
 * @property {boolean} removed
 * @property {AbortSignal | undefined} signal - which removes it
 * @property {(() => void) | undefined} unfollow - stops listening to the signal
 * @property {boolean} isHandler - of an event handler attribute, where returning false cancels, and what
 *   cannot be called does nothing
 */

/**
 * "Flatten" and "flatten more" of the options: https://dom.spec.whatwg.org/#event-flatten-more
 *
 * @param {any} options
 * @returns {{capture: boolean, once: boolean, passive: boolean, signal: AbortSignal | undefined}}
 * @throws {TypeError} when `signal` is given and no AbortSignal
 */
function flatten(options) {
  if ((typeof options !== 'object' && typeof options !== 'function') || options === null) {
    return { capture: Boolean(options), once: false, passive: false, signal: undefined };
  }
  const { capture, once, passive, signal } = options;
  if (signal !== undefined && typeof signal?.addEventListener !== 'function') {
    throw new TypeError("addEventListener: the option 'signal' must be an AbortSignal.");
  }
  return {
    capture: Boolean(capture),
    once: Boolean(once),
    passive: Boolean(passive),
    signal,
  };
}

/**
 * @param {unknown} callback
 * @throws {TypeError} when it is neither a function nor an object nor left out
 */
function requireCallback(callback) {
  if (typeof callback !== 'function' && typeof callback !== 'object' && callback !== undefined) {
    throw new TypeError('EventSource: a listener must be a function or an object.');
  }
}

/** The host's own events that are being dispatched at one of our targets. */
const inFlight = new WeakSet();

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

/** @type {readonly Listener[]} */
const nobody = [];

const doNothing = { value: () => {}, configurable: true };

export class Listeners {
  /**
   * Lists are replaced, never changed: who is dispatching keeps the one it began with.
   *
   * @type {Map<string, readonly Listener[]>}
   */
  #lists = new Map();
  /** The list that was asked for last: types repeat. */
  #lastType = '';
  #lastList = nobody;
  /** How many of all are capturing: mostly none. */
  #capturing = 0;
  #target;
  /** While the host alone is at work in its dispatchEvent(). */
  #hidesHandlers = false;
  /**
   * Counts what may leave promise reactions waiting: listeners that came, went or returned a promise.
   */
  stirred = 0;

  /** @param {EventTarget} target */
  constructor(target) {
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
    requireCallback(callback);
    const flat = flatten(options);
    const { signal } = flat;
    if (signal?.aborted || callback === null || callback === undefined) return;
    if (this.#find(type, callback, flat.capture)) return;
    const listener = this.#append(type, callback, flat, false);
    if (signal) {
      const remove = () => this.#remove(listener);
      signal.addEventListener('abort', remove, { once: true });
      listener.unfollow = () => signal.removeEventListener('abort', remove);
    }
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
    requireCallback(callback);
    const capture = Boolean(
      typeof options === 'object' || typeof options === 'function' ? options?.capture : options,
    );
    const listener = this.#find(type, callback, capture);
    if (listener) this.#remove(listener);
  }

  /**
   * @param {string} type
   * @returns {any} the value of its event handler attribute
   */
  getHandler(type) {
    if (this.#hidesHandlers) return null;
    return this.of(type).find(isHandler)?.callback ?? null;
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
      typeof value === 'object' || typeof value === 'function'
        ? /** @type {Listener['callback'] | null} */ (value)
        : null;
    const listener = this.of(type).find(isHandler);
    this.stirred++;
    if (!callback) {
      if (listener) this.#remove(listener);
    } else if (listener) {
      listener.callback = callback;
    } else {
      this.#append(type, callback, flatten(false), true);
    }
  }

  /**
   * @param {string} type
   * @returns {readonly Listener[]} whom an event of this type reaches
   */
  of(type) {
    if (type !== this.#lastType) {
      this.#lastType = type;
      this.#lastList = this.#lists.get(type) ?? nobody;
    }
    return this.#lastList;
  }

  /**
   * Dispatches one of our own events at the target: https://dom.spec.whatwg.org/#concept-event-dispatch
   *
   * @param {import('./events.js').StreamEvent} event
   * @param {readonly Listener[]} [list] - of its type
   */
  dispatch(event, list = this.of(event.type)) {
    beginDispatch(event, this.#target);
    if (propagationStopped(event)) {
      // Before it was dispatched: nobody hears of it.
    } else if (this.#capturing !== 0) {
      // At the target, too, the capturing listeners come first, and may stop the others.
      this.#invoke(list.filter(isCapturing), event);
      const others = this.of(event.type).filter((listener) => !listener.capture);
      if (!propagationStopped(event)) this.#invoke(others, event);
    } else {
      this.#invoke(list, event);
    }
    endDispatch(event);
  }

  /**
   * Dispatches an event of the host's own class through the host's own algorithm, which alone can set
   * its target and phase: for this one dispatch our listeners are the host's.
   *
   * @param {Event} event
   * @param {EventTarget} host - the prototype whose methods are the host's
   * @returns {boolean} false when a listener has cancelled it
   */
  dispatchThroughHost(event, host) {
    const list = this.of(event?.type);
    const capturing = list.filter(isCapturing);
    // workerd knows no capturing listeners: they come first as ordinary ones.
    const inOrder = [...capturing, ...list.filter((listener) => !listener.capture)];
    const mirrored = inOrder.map((listener) => ({
      // A listener may dispatch another event of this type before this one is through.
      /** @param {Event} current */
      callback: (current) => {
        if (current !== event || listener.removed) return;
        if (!listener.capture && capturing.length !== 0 && event.cancelBubble) return;
        // Not every host knows passive listeners.
        if (listener.passive) Object.defineProperty(event, 'preventDefault', doNothing);
        this.#hidesHandlers = false;
        try {
          this.#call(listener, current);
        } catch (error) {
          // Not every host reports it: workerd's throws it from dispatchEvent() before 2024-09.
          reportException(error);
        } finally {
          this.#hidesHandlers = true;
          if (listener.passive) Reflect.deleteProperty(event, 'preventDefault');
        }
      },
      /** @type {AddEventListenerOptions} */
      options: { passive: listener.passive },
    }));
    if (typeof host.dispatchEvent !== 'function') {
      // A host without events of its own: whatever has a type is one.
      if (typeof event?.type !== 'string') {
        throw new TypeError('dispatchEvent: no event was given.');
      }
      this.#invoke(list, /** @type {any} */ (event));
      return !event.defaultPrevented;
    }
    // Not every host throws the standard's exception.
    if (inFlight.has(event)) throw alreadyDispatched();
    const target = this.#target;
    for (const { callback, options } of mirrored) {
      host.addEventListener.call(target, event.type, callback, options);
    }
    // workerd's calls what it finds in target.onmessage, besides the listeners.
    const hidden = this.#hidesHandlers;
    this.#hidesHandlers = true;
    try {
      if (mirrored.length !== 0) inFlight.add(event);
      host.dispatchEvent.call(target, event);
      // workerd gives false for events that cannot be cancelled.
      return !event.defaultPrevented;
    } finally {
      this.#hidesHandlers = hidden;
      inFlight.delete(event);
      if (event?.currentTarget === target) forgetCurrentTarget(event);
      for (const { callback, options } of mirrored) {
        host.removeEventListener.call(target, event.type, callback, options);
      }
    }
  }

  /**
   * "Inner invoke": https://dom.spec.whatwg.org/#concept-event-listener-inner-invoke
   *
   * @param {readonly Listener[]} list
   * @param {import('./events.js').StreamEvent} event
   */
  #invoke(list, event) {
    for (let i = 0; i < list.length; i++) {
      const listener = list[i];
      if (listener.removed || listener.signal?.aborted) continue;
      if (listener.passive) setPassive(event, true);
      try {
        this.#call(listener, /** @type {any} */ (event));
      } catch (error) {
        reportException(error);
      }
      if (listener.passive) setPassive(event, false);
      if (immediatePropagationStopped(event)) break;
    }
  }

  /**
   * @param {Listener} listener
   * @param {Event} event
   */
  #call(listener, event) {
    if (listener.once) this.#remove(listener);
    const { callback } = listener;
    if (typeof callback === 'function') {
      const result = callback.call(this.#target, event);
      if (listener.isHandler && result === false) event.preventDefault();
      if (typeof result?.then === 'function') this.stirred++;
      return;
    }
    if (listener.isHandler) return;
    const { handleEvent } = callback;
    if (typeof handleEvent !== 'function') {
      throw new TypeError("An event listener object has no method 'handleEvent'.");
    }
    const result = handleEvent.call(callback, event);
    if (typeof (/** @type {any} */ (result)?.then) === 'function') this.stirred++;
  }

  /**
   * @param {string} type
   * @param {unknown} callback
   * @param {boolean} capture
   */
  #find(type, callback, capture) {
    return this.of(type).find(
      (listener) =>
        listener.callback === callback && listener.capture === capture && !listener.isHandler,
    );
  }

  /**
   * @param {string} type
   * @param {Listener['callback']} callback
   * @param {ReturnType<typeof flatten>} options
   * @param {boolean} forAttribute
   * @returns {Listener}
   */
  #append(type, callback, { capture, once, passive, signal }, forAttribute) {
    // All of one shape, which is what engines are quick with.
    const listener = {
      type,
      callback,
      capture,
      once,
      passive,
      signal,
      unfollow: undefined,
      removed: false,
      isHandler: forAttribute,
    };
    this.#replace(type, [...this.of(type), listener]);
    if (capture) this.#capturing++;
    return listener;
  }

  /** @param {Listener} listener */
  #remove(listener) {
    if (listener.removed) return;
    const { type } = listener;
    listener.removed = true;
    listener.unfollow?.();
    if (listener.capture) this.#capturing--;
    this.#replace(
      type,
      this.of(type).filter((other) => other !== listener),
    );
  }

  /**
   * @param {string} type
   * @param {readonly Listener[]} list
   */
  #replace(type, list) {
    if (list.length === 0) this.#lists.delete(type);
    else this.#lists.set(type, list);
    this.#lastType = type;
    this.#lastList = list;
    this.stirred++;
  }
}

/** @param {Listener} listener */
function isHandler(listener) {
  return listener.isHandler;
}

/** @param {Listener} listener */
function isCapturing(listener) {
  return listener.capture;
}
