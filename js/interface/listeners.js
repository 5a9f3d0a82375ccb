// The event listener list of one target: https://dom.spec.whatwg.org/#interface-eventtarget
import { follow } from './follow_signal.js';
import { reportException } from './report.js';
import { callInZone, keepZone, leaveZone } from './zone.js';
import {
  alreadyDispatched,
  beginDispatch,
  endDispatch,
  immediatePropagationStopped,
  propagationStopped,
  setPassive,
} from './events.js';

// The flags of a listener, in one number: sources have several each, and this keeps them small.
const CAPTURE = 1;
const ONCE = 2;
const PASSIVE = 4;
const REMOVED = 8;
/** Of an event handler attribute, where returning false cancels, and what cannot be called does nothing. */
const HANDLER = 16;
/** Of zone.js: it is called in the zone in which it was added. */
const ZONED = 32;

/**
 * @typedef {object} Listener
 * @property {string} type
 * @property {Function | EventListenerObject} callback
 * @property {number} flags
 * @property {import('./follow_signal.js').Following | undefined} following - the signal that removes it
 */

/**
 * @param {Listener} listener
 * @returns {boolean} whether it was removed, or is about to be: its signal tells others first
 */
const isGone = ({ flags, following }) =>
  (flags & REMOVED) !== 0 || following?.signal.aborted === true;

/**
 * "Flatten" and "flatten more" of the options: https://dom.spec.whatwg.org/#event-flatten-more
 *
 * @param {any} options
 * @returns {{flags: number, signal: AbortSignal | undefined}}
 * @throws {TypeError} when `signal` is given and no AbortSignal
 */
function flatten(options) {
  if ((typeof options !== 'object' && typeof options !== 'function') || options === null) {
    return { flags: options ? CAPTURE : 0, signal: undefined };
  }
  const { capture, once, passive, signal } = options;
  if (signal !== undefined && typeof signal?.addEventListener !== 'function') {
    throw new TypeError("addEventListener: the option 'signal' must be an AbortSignal.");
  }
  return { flags: (capture ? CAPTURE : 0) | (once ? ONCE : 0) | (passive ? PASSIVE : 0), signal };
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

/** After so many searches through all listeners, those of each type are kept by themselves. */
const SEARCHES = 16;

export class Listeners {
  /** All of them as they came. Lists are replaced, never changed: who is dispatching keeps its own. */
  #all = nobody;
  /** The list that was asked for last: types repeat. */
  #lastType = '';
  #lastList = nobody;
  /**
   * The lists of all types, for streams whose types alternate. To idle sources, which may be many, a map
   * would be the largest of all they have.
   *
   * @type {Map<string, readonly Listener[]> | undefined}
   */
  #byType;
  #searches = 0;
  /** How many of all are capturing: mostly none. */
  #capturing = 0;
  #target;
  /** While the host alone is at work in its dispatchEvent(). */
  #hidesHandlers = false;
  /**
   * Counts what may leave promise reactions waiting: listeners that came, went or returned a promise.
   */
  taskReasons = 0;

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
    const { flags, signal } = flatten(options);
    if (signal?.aborted || callback === null || callback === undefined) return;
    if (this.#find(type, callback, flags & CAPTURE)) return;
    const listener = this.#append(type, callback, flags);
    if (signal) listener.following = follow(signal, () => this.#remove(listener));
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
    const capture =
      typeof options === 'object' || typeof options === 'function' ? options?.capture : options;
    const listener = this.#find(type, callback, capture ? CAPTURE : 0);
    if (listener) this.#remove(listener);
  }

  /**
   * @param {string} type
   * @returns {any} the value of its event handler attribute
   */
  getHandler(type) {
    if (this.#hidesHandlers) return null;
    return this.#handler(type)?.callback ?? null;
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
    const listener = this.#handler(type);
    this.taskReasons++;
    if (!callback) {
      if (listener) this.#remove(listener);
    } else if (listener) {
      listener.callback = callback;
      this.#leaveZone(listener);
      this.#keepZone(listener);
    } else {
      this.#append(type, callback, HANDLER);
    }
  }

  /**
   * @param {string} type
   * @returns {readonly Listener[]} whom an event of this type reaches
   */
  of(type) {
    if (type !== this.#lastType) {
      this.#lastType = type;
      this.#lastList = this.#byType ? (this.#byType.get(type) ?? nobody) : this.#search(type);
    }
    return this.#lastList;
  }

  /**
   * @param {string} type
   * @returns {readonly Listener[]} what is in #byType, or would be
   */
  #search(type) {
    this.#searches++;
    if (this.#searches > SEARCHES) {
      this.#byType = new Map(this.#all.map((each) => [each.type, ofType(this.#all, each.type)]));
    }
    return ofType(this.#all, type);
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
  dispatch(event, list = this.of(event.type)) {
    beginDispatch(event, this.#target);
    if (propagationStopped(event)) {
      // Before it was dispatched: nobody hears of it.
    } else if (this.#capturing !== 0) {
      // At the target, too, the capturing listeners come first, and may stop the others.
      this.#invoke(list.filter(isCapturing), event);
      const others = this.of(event.type).filter((listener) => !isCapturing(listener));
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
    const inOrder = [...capturing, ...list.filter((listener) => !isCapturing(listener))];
    const mirrored = inOrder.map((listener) => ({
      // A listener may dispatch another event of this type before this one is through.
      /** @param {Event} current */
      callback: (current) => {
        const { flags } = listener;
        if (current !== event || isGone(listener)) return;
        if (!(flags & CAPTURE) && capturing.length !== 0 && event.cancelBubble) return;
        // Not every host knows passive listeners.
        if (flags & PASSIVE) Object.defineProperty(event, 'preventDefault', doNothing);
        this.#hidesHandlers = false;
        try {
          this.#call(listener, current);
        } catch (error) {
          // Not every host reports it: workerd's throws it from dispatchEvent() before 2024-09.
          reportException(error);
        } finally {
          this.#hidesHandlers = true;
          if (flags & PASSIVE) Reflect.deleteProperty(event, 'preventDefault');
        }
      },
      /** @type {AddEventListenerOptions} */
      options: { passive: (listener.flags & PASSIVE) !== 0 },
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
      const { flags } = listener;
      if (isGone(listener)) continue;
      if (flags & PASSIVE) setPassive(event, true);
      try {
        this.#call(listener, /** @type {any} */ (event));
      } catch (error) {
        reportException(error);
      }
      if (flags & PASSIVE) setPassive(event, false);
      if (immediatePropagationStopped(event)) break;
    }
  }

  /**
   * @param {Listener} listener
   * @param {Event} event
   */
  #call(listener, event) {
    if (listener.flags & ZONED) callInZone(listener, this.#target, event);
    else this.#callHere(listener, event);
  }

  /**
   * @param {Listener} listener
   * @param {Event} event
   */
  #callHere(listener, event) {
    const { callback, flags } = listener;
    if (flags & ONCE) this.#remove(listener);
    if (typeof callback === 'function') {
      const result = callback.call(this.#target, event);
      if (flags & HANDLER && result === false) event.preventDefault();
      if (typeof result?.then === 'function') this.taskReasons++;
      return;
    }
    if (flags & HANDLER) return;
    const { handleEvent } = callback;
    if (typeof handleEvent !== 'function') {
      throw new TypeError("An event listener object has no method 'handleEvent'.");
    }
    const result = handleEvent.call(callback, event);
    if (typeof (/** @type {any} */ (result)?.then) === 'function') this.taskReasons++;
  }

  /**
   * @param {string} type
   * @param {unknown} callback
   * @param {number} capture - CAPTURE or 0
   */
  #find(type, callback, capture) {
    return this.#all.find(
      (listener) =>
        listener.callback === callback &&
        listener.type === type &&
        (listener.flags & (CAPTURE | HANDLER)) === capture &&
        !isGone(listener),
    );
  }

  /** @param {string} type */
  #handler(type) {
    return this.#all.find((listener) => listener.flags & HANDLER && listener.type === type);
  }

  /**
   * @param {string} type
   * @param {Listener['callback']} callback
   * @param {number} flags
   * @returns {Listener}
   */
  #append(type, callback, flags) {
    // All of one shape, which is what engines are quick with.
    const listener = { type, callback, flags, following: undefined };
    // Spread syntax leaves room for 16 more in V8.
    this.#replace(type, this.#all.concat([listener]));
    if (flags & CAPTURE) this.#capturing++;
    this.#keepZone(listener);
    return listener;
  }

  /** @param {Listener} listener - that has none */
  #keepZone(listener) {
    const call = (/** @type {Event} */ event) => this.#callHere(listener, event);
    if (keepZone(listener, call)) listener.flags |= ZONED;
  }

  /** @param {Listener} listener - that has one, or none */
  #leaveZone(listener) {
    if (listener.flags & ZONED) leaveZone(listener);
    listener.flags &= ~ZONED;
  }

  /** @param {Listener} listener */
  #remove(listener) {
    if (listener.flags & REMOVED) return;
    listener.flags |= REMOVED;
    listener.following?.stop();
    this.#leaveZone(listener);
    if (listener.flags & CAPTURE) this.#capturing--;
    const others = select(this.#all, (other) => other !== listener);
    this.#replace(listener.type, others);
  }

  /**
   * @param {string} type - whose listeners are others now
   * @param {readonly Listener[]} all
   */
  #replace(type, all) {
    this.#all = all;
    this.#lastType = type;
    this.#lastList = ofType(all, type);
    if (this.#lastList.length === 0) this.#byType?.delete(type);
    else this.#byType?.set(type, this.#lastList);
    this.taskReasons++;
  }
}

/**
 * @param {readonly Listener[]} all
 * @param {(listener: Listener) => boolean} wanted
 * @returns {readonly Listener[]}
 */
function select(all, wanted) {
  // What filter() gives has room for 16 more in V8; a copy has none.
  return all.filter(wanted).slice();
}

/**
 * @param {readonly Listener[]} all
 * @param {string} type
 */
function ofType(all, type) {
  let list = nobody;
  for (const listener of all) {
    if (listener.type !== type) continue;
    // Mostly it is the only one.
    if (list !== nobody) return select(all, (each) => each.type === type);
    list = [listener];
  }
  return list;
}

/** @param {Listener} listener */
function isCapturing(listener) {
  return (listener.flags & CAPTURE) !== 0;
}
