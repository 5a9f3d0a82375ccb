// The EventSource interface: https://html.spec.whatwg.org/multipage/server-sent-events.html#eventsource
import { Connection } from '../connection/connection.js';
import { defaultFetch } from '../connection/host_fetch.js';
import {
  beginRedispatch,
  createErrorEvent,
  createOpenEvent,
  isStreamEvent,
  StreamEvent,
} from './events.js';
import { Listeners } from './listeners.js';
import { defineInspection } from './inspect.js';
import { ownCopy } from '../core/own_copy.js';
import { StreamConnection } from '../connection/stream_connection.js';
import { NEEDS_MICROTASK, NO_LISTENER, NEEDS_TASK } from '../stream/stream_reader.js';
import { parseUrl } from '../connection/url.js';

/** @typedef {import('../connection/connection.js').Failure} Failure */

const CONNECTING = /** @type {const} */ (0);
const OPEN = /** @type {const} */ (1);
const CLOSED = /** @type {const} */ (2);

// The declarations that users see (types.d.ts), which the class has to satisfy.
/** @typedef {import('./types.d.ts').EventSourceInit} EventSourceInit */
/** @typedef {import('./types.d.ts').ExtendedEventSource} ExtendedEventSource */
/**
 * @template {import('./types.d.ts').EventSourceConstructor} Interface
 * @typedef {Interface} Declared
 */
/** @typedef {Declared<typeof EventSource>} Checked */

/** @typedef {((this: any, event: any) => any) | {handleEvent(event: any): any}} AnyListener */

/** What fromReadableStream() gives the constructor in place of a URL and options. */
class GivenStream {
  /** @param {ReadableStream} stream */
  constructor(stream) {
    this.stream = stream;
  }
}

const STREAM_URL = 'about:event-stream';

// In hosts without EventTarget, everything that the interface needs is here all the same.
const HostEventTarget = /** @type {typeof EventTarget} */ (
  typeof EventTarget === 'function' ? EventTarget : class EventTarget {}
);

/**
 * @param {unknown} init
 * @returns {{withCredentials: boolean, fetch: typeof globalThis.fetch, unref: boolean}}
 * @throws {TypeError} naming what is of the wrong type
 */
function readInit(init) {
  if (
    init !== undefined &&
    init !== null &&
    typeof init !== 'object' &&
    typeof init !== 'function'
  ) {
    throw new TypeError('EventSource: the second argument must be an object of options.');
  }
  const options = /** @type {Record<string, unknown>} */ (init ?? {});
  const { fetch = defaultFetch(), unref, withCredentials } = options;
  if (typeof fetch !== 'function') {
    throw new TypeError(
      options.fetch === undefined
        ? "EventSource: this host has no fetch(); pass one as the option 'fetch'."
        : "EventSource: the option 'fetch' must be a function.",
    );
  }
  return {
    unref: Boolean(unref),
    withCredentials: Boolean(withCredentials),
    fetch: /** @type {typeof globalThis.fetch} */ (fetch),
  };
}

/**
 * @param {string} method
 * @param {IArguments} args
 * @throws {TypeError} when there are less than two
 */
function requireTwo(method, args) {
  if (args.length < 2) throw new TypeError(`${method}: 2 arguments required, type and callback.`);
}

/** @type {import('../connection/connection.js').SourceReports<EventSource>} */
let reports;

/**
 * Receives server-sent events over HTTP, and reconnects when the connection is lost.
 *
 * @implements {ExtendedEventSource}
 */
export class EventSource extends HostEventTarget {
  // For readers and types; what WebIDL makes of them is defined below.
  /** @readonly @type {0} */
  static CONNECTING = CONNECTING;
  /** @readonly @type {1} */
  static OPEN = OPEN;
  /** @readonly @type {2} */
  static CLOSED = CLOSED;

  #url;
  #withCredentials;
  /** @type {0 | 1 | 2} */
  #readyState = CONNECTING;
  #lastEventId = '';
  #origin = '';
  #connection;
  /** @type {Promise<void> | undefined} */
  #whenClosed;
  /** @type {(() => void) | undefined} */
  #tellClosed;
  #listeners = new Listeners(this);

  // One for all sources, where closures for each would cost more memory than all else of an idle one.
  static {
    reports = {
      announced: (source, origin, opening) => source.#announced(origin, opening),
      dispatch: (source, batch) => source.#dispatch(batch),
      reestablishing: (source, failure) => source.#reestablishing(failure),
      failed: (source, failure) => source.#failed(failure),
      lastEventId: (source) => source.#lastEventId,
      url: (source) => source.#url,
      withCredentials: (source) => source.#withCredentials,
    };
  }

  /**
   * https://html.spec.whatwg.org/#dom-eventsource
   *
   * @param {string | URL} url - relative ones are resolved against the document or the worker
   * @param {EventSourceInit} [init]
   * @throws {DOMException} a "SyntaxError" when the URL cannot be parsed
   * @throws {TypeError} when `init` is no object, or its `fetch` no function, or the host has no fetch() and none is given
   */
  constructor(url, init = {}) {
    super();
    if (arguments.length === 0) {
      throw new TypeError('EventSource: 1 argument required, the URL of the stream.');
    }
    if (init instanceof GivenStream) {
      this.#url = STREAM_URL;
      this.#withCredentials = false;
      this.#connection = new StreamConnection(this, reports, init.stream);
    } else {
      const text = `${url}`;
      const { withCredentials, fetch, unref } = readInit(init);
      const { href } = parseUrl(text);
      // A string that somebody has already costs nothing.
      this.#url = href === text ? text : href;
      this.#withCredentials = withCredentials;
      this.#connection = new Connection(this, reports, fetch, unref);
    }
    this.#connection.start();
  }

  /**
   * Parses and dispatches a stream that is open already, for example a response's body; never reconnects.
   * Its end or its error fires `error` and leaves the source CLOSED. Several responses can be piped one
   * after the other through one TransformStream: the last event ID and the reconnection time persist.
   * https://github.com/whatwg/html/pull/12272
   *
   * @param {ReadableStream<Uint8Array>} stream - locked from now on
   * @returns {EventSource} with the url `about:event-stream` and events of the origin `null`
   * @throws {TypeError} when it is no ReadableStream, or a locked one
   */
  static fromReadableStream(stream) {
    return new EventSource(STREAM_URL, /** @type {any} */ (new GivenStream(stream)));
  }

  /**
   * The same under the name that workerd has.
   *
   * @param {ReadableStream<Uint8Array>} stream
   * @returns {EventSource}
   * @throws {TypeError} when it is no ReadableStream, or a locked one
   */
  static from(stream) {
    return EventSource.fromReadableStream(stream);
  }

  /** @returns {0} */
  get CONNECTING() {
    return CONNECTING;
  }
  /** @returns {1} */
  get OPEN() {
    return OPEN;
  }
  /** @returns {2} */
  get CLOSED() {
    return CLOSED;
  }

  /** The URL of the stream, serialized. */
  get url() {
    return this.#url;
  }

  /** Whether credentials are sent to other origins. */
  get withCredentials() {
    return this.#withCredentials;
  }

  /** CONNECTING (0), OPEN (1) or CLOSED (2). */
  get readyState() {
    return this.#readyState;
  }

  /** The last event ID string: what the next reconnection sends. Empty at first. */
  get lastEventId() {
    return this.#lastEventId;
  }

  /** The reconnection time in milliseconds; 3000 until the stream sets another. */
  get reconnectionTime() {
    return this.#connection.reconnectionTime;
  }

  /**
   * A promise that is fulfilled when the source is CLOSED, for `event.waitUntil(source.closed)` in a
   * service worker.
   *
   * @returns {Promise<void>}
   */
  get closed() {
    this.#whenClosed ??= new Promise((resolve) => {
      this.#tellClosed = resolve;
      if (this.#readyState === CLOSED) resolve();
    });
    return this.#whenClosed;
  }

  /** @type {ExtendedEventSource['onopen']} */
  get onopen() {
    return this.#listeners.getHandler('open');
  }
  set onopen(handler) {
    this.#listeners.setHandler('open', handler);
  }

  /** @type {ExtendedEventSource['onmessage']} */
  get onmessage() {
    return this.#listeners.getHandler('message');
  }
  set onmessage(handler) {
    this.#listeners.setHandler('message', handler);
  }

  /** @type {ExtendedEventSource['onerror']} */
  get onerror() {
    return this.#listeners.getHandler('error');
  }
  set onerror(handler) {
    this.#listeners.setHandler('error', handler);
  }

  /** Aborts the connection. No event is dispatched after this. */
  close() {
    this.#readyState = CLOSED;
    this.#connection.close();
    this.#lastEventId = ownCopy(this.#lastEventId);
    this.#tellClosed?.();
  }

  /** Discards what the stream has begun and what is not dispatched yet. The last event ID stays. */
  reset() {
    this.#connection.reset();
    this.#lastEventId = ownCopy(this.#lastEventId);
  }

  /**
   * https://dom.spec.whatwg.org/#dom-eventtarget-addeventlistener
   *
   * @param {string} type
   * @param {AnyListener | null} callback
   * @param {AddEventListenerOptions | boolean} [options]
   * @returns {void}
   * @override
   */
  addEventListener(type, callback, options = undefined) {
    requireTwo('addEventListener', arguments);
    this.#listeners.add(type, callback, options);
  }

  /**
   * https://dom.spec.whatwg.org/#dom-eventtarget-removeeventlistener
   *
   * @param {string} type
   * @param {AnyListener | null} callback
   * @param {EventListenerOptions | boolean} [options]
   * @returns {void}
   * @override
   */
  removeEventListener(type, callback, options = undefined) {
    requireTwo('removeEventListener', arguments);
    this.#listeners.remove(type, callback, options);
  }

  /**
   * https://dom.spec.whatwg.org/#dom-eventtarget-dispatchevent
   *
   * @param {Event} event
   * @returns {boolean} false when a listener has cancelled it
   * @override
   */
  dispatchEvent(event) {
    if (!isStreamEvent(event)) {
      return this.#listeners.dispatchThroughHost(event, HostEventTarget.prototype);
    }
    beginRedispatch(event);
    this.#listeners.dispatch(event);
    return !event.defaultPrevented;
  }

  /**
   * "Announce the connection".
   *
   * @param {string} origin
   * @param {import('../connection/connection.js').Opening} opening
   */
  #announced(origin, opening) {
    this.#readyState = OPEN;
    this.#origin = origin;
    this.#listeners.dispatch(createOpenEvent(opening));
  }

  /**
   * "Reestablish the connection", up to the wait.
   *
   * @param {Failure} failure
   */
  #reestablishing(failure) {
    // Whoever listens to the signal of the request, or to the body's cancelling, may have closed it just now.
    if (this.#readyState === CLOSED) return;
    this.#readyState = CONNECTING;
    this.#listeners.dispatch(createErrorEvent(failure));
  }

  /**
   * "Fail the connection".
   *
   * @param {Failure} failure
   */
  #failed(failure) {
    if (this.#readyState === CLOSED) return;
    this.#readyState = CLOSED;
    this.#tellClosed?.();
    this.#listeners.dispatch(createErrorEvent(failure));
  }

  /**
   * "Dispatch the event" as the core has decided it.
   *
   * @param {import('../core/event_batch.js').EventBatch} batch - whose event at hand is meant
   * @returns {0 | 1 | 2} NO_LISTENER, NEEDS_MICROTASK or NEEDS_TASK
   */
  #dispatch(batch) {
    const { type, id, creation } = batch;
    creation.origin = this.#origin;
    if (id !== null) this.#lastEventId = id;
    if (type === null) return NO_LISTENER;
    const listeners = this.#listeners;
    const list = listeners.of(type);
    if (list.length === 0) return NO_LISTENER;
    const { taskReasons } = listeners;
    listeners.dispatchNew(new StreamEvent(type, batch.data, this.#lastEventId, creation), list);
    return listeners.taskReasons === taskReasons ? NEEDS_MICROTASK : NEEDS_TASK;
  }
}

// What WebIDL says of an interface and a class does not: https://webidl.spec.whatwg.org/#es-interfaces
const enumerable = { enumerable: true };
const constants = Object.fromEntries(
  Object.entries({ CONNECTING, OPEN, CLOSED }).map(([name, value]) => [
    name,
    { value, enumerable: true, writable: false, configurable: false },
  ]),
);
Object.defineProperties(EventSource, constants);
Object.defineProperties(EventSource.prototype, constants);
for (const name of Object.getOwnPropertyNames(EventSource.prototype)) {
  if (name !== 'constructor') Object.defineProperty(EventSource.prototype, name, enumerable);
}
Object.defineProperty(EventSource.prototype, Symbol.toStringTag, {
  value: 'EventSource',
  configurable: true,
});
defineInspection(EventSource.prototype, 'EventSource', ['url', 'readyState', 'lastEventId']);
Object.defineProperty(EventSource, 'prototype', { writable: false });
for (const name of ['from', 'fromReadableStream']) {
  Object.defineProperty(EventSource, name, enumerable);
}
// Libraries that pass their fetch() on look for this.
Object.defineProperty(EventSource, Symbol.for('eventsource.supports-fetch-override'), {
  value: true,
  configurable: true,
});
const { dispose } = /** @type {any} */ (Symbol);
if (typeof dispose === 'symbol') {
  // `using source = new EventSource(url)` closes it.
  Object.defineProperty(EventSource.prototype, dispose, {
    value: EventSource.prototype.close,
    writable: true,
    configurable: true,
  });
}
