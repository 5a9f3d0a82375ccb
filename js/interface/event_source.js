// The EventSource interface: https://html.spec.whatwg.org/multipage/server-sent-events.html#eventsource
import { Connection } from '../connection/connection.js';
import { requireStream } from '../connection/given_stream.js';
import { DEFAULTS, readMaxEventSize, readOptions } from '../connection/options.js';
import { createErrorEvent, createOpenEvent, beginRedispatch, StreamEvent } from './events.js';
import { requireArguments, requireObject } from './arguments.js';
import { follow } from './follow_signal.js';
import { dispatchThroughHost } from './host_dispatch.js';
import { Listeners } from './listeners.js';
import { define } from './define.js';
import { defineInspection } from './inspect.js';
import { attempt } from '../core/from_host.js';
import { ownCopy } from '../core/own_copy.js';
import { NEEDS_MICROTASK, NO_LISTENER, NEEDS_TASK } from '../stream/stream_reader.js';
import { parseUrl } from '../connection/url.js';
import { reportException } from './report.js';
import { outsideZones } from './zone.js';

/** @typedef {import('../connection/reports.js').Failure} Failure */

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

/** @typedef {Pick<ExtendedEventSource, 'CONNECTING' | 'OPEN' | 'CLOSED'>} Constants */
/** @typedef {((this: any, event: any) => any) | {handleEvent(event: any): any}} AnyListener */

/** What fromReadableStream() gives the constructor in place of a URL and options. */
class GivenStream {
  /**
   * @param {ReadableStream | null | undefined} stream
   * @param {unknown} init
   */
  constructor(stream, init) {
    this.maxEventSize = readMaxEventSize(requireObject(init, 'options'));
    requireStream(stream);
    this.stream = /** @type {ReadableStream} */ (stream);
  }
}

const STREAM_URL = 'about:event-stream';

// In hosts without EventTarget, everything that the interface needs is here all the same.
// The constants are defined below, which a type that has them says here.
const HostEventTarget = /** @type {Constants & {new (): EventTarget & Constants}} */ (
  attempt(() => new EventTarget()) ? EventTarget : class EventTarget {}
);

/**
 * Receives server-sent events over HTTP, and reconnects when the connection is lost.
 *
 * @implements {ExtendedEventSource}
 */
export class EventSource extends HostEventTarget {
  /** @type {0 | 1 | 2} */
  #readyState = CONNECTING;
  #origin = '';
  #connection;
  /** @type {Promise<void> | undefined} */
  #whenClosed;
  /** @type {(() => void) | undefined} */
  #tellClosed;
  /** @type {import('./follow_signal.js').Followed | undefined} whose signal closes it */
  #closing;
  #listeners = new Listeners(this);

  /**
   * One for all sources, where closures for each would cost more memory than all else of an idle one.
   *
   * @type {import('../connection/reports.js').SourceReports<EventSource>}
   */
  static #reports = {
    announced: (source, origin, opening) => source.#announced(origin, opening),
    dispatch: (source, batch) => source.#dispatch(batch),
    interrupted: (source) => source.#interrupted(),
    lost: (source, failure, isFinal) => source.#lost(failure, isFinal),
    thrown: reportException,
  };

  /**
   * https://html.spec.whatwg.org/#dom-eventsource
   *
   * @param {string | URL} url - relative ones are resolved against the document or the worker
   * @param {EventSourceInit} [init]
   * @throws {DOMException} a "SyntaxError" when the URL cannot be parsed
   * @throws {TypeError} when `init` is no object, or the host has no fetch() and none is given
   * @throws {TypeError | RangeError} naming the option that is of the wrong type, or not allowed
   */
  constructor(url, init = {}) {
    super();
    requireArguments('EventSource', arguments, 1);
    const text = `${url}`;
    const isGiven = init instanceof GivenStream;
    const stream = isGiven ? init.stream : undefined;
    /** @type {Partial<ReturnType<typeof readOptions>> & {maxEventSize?: number}} */
    const {
      maxEventSize,
      withCredentials,
      fetch,
      unref,
      options = DEFAULTS,
    } = isGiven ? init : readOptions(requireObject(init, 'options'));
    const href = stream ? text : parseUrl(text).href;
    this.#connection = new Connection(
      this,
      EventSource.#reports,
      // A string that somebody has already costs nothing.
      href === text ? text : href,
      Boolean(withCredentials),
      fetch,
      unref,
      maxEventSize,
      options,
    );
    const { signal } = options;
    if (signal?.aborted) {
      this.close();
      return;
    }
    if (signal) {
      const closing = { drop: () => this.close(), following: undefined };
      this.#closing = closing;
      follow(signal, closing).join(closing);
    }
    outsideZones(() => this.#connection.start(stream));
  }

  /**
   * Parses and dispatches a stream that is open already, for example a response's body; never reconnects.
   * Its end or its error fires `error` and leaves the source CLOSED. Several responses can be piped one
   * after the other through one TransformStream: the last event ID and the reconnection time persist.
   * https://github.com/whatwg/html/pull/12272
   *
   * @param {ReadableStream<Uint8Array> | null | undefined} stream - locked from now on
   * @param {{maxEventSize?: number}} [init]
   * @returns {EventSource} with the url `about:event-stream` and events of the origin `null`
   * @throws {TypeError} when it is no ReadableStream, or a locked one, or null
   * @throws {TypeError | RangeError} when `init.maxEventSize` is no positive integer, or too large
   */
  static fromReadableStream(stream, init = {}) {
    return new EventSource(STREAM_URL, /** @type {any} */ (new GivenStream(stream, init)));
  }

  /**
   * The same under the name that workerd has.
   *
   * @param {ReadableStream<Uint8Array> | null | undefined} stream
   * @param {{maxEventSize?: number}} [init]
   * @returns {EventSource}
   * @throws {TypeError} when it is no ReadableStream, or a locked one, or null
   */
  static from(stream, init = {}) {
    return EventSource.fromReadableStream(stream, init);
  }

  /** The URL of the stream, serialized. */
  get url() {
    return this.#connection.url;
  }

  /** Whether credentials are sent to other origins. */
  get withCredentials() {
    return this.#connection.withCredentials;
  }

  /** CONNECTING (0), OPEN (1) or CLOSED (2). */
  get readyState() {
    return this.#readyState;
  }

  /** The last event ID string: what the next reconnection sends. Empty at first. */
  get lastEventId() {
    return this.#connection.lastEventId;
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

  /**
   * Drops the request, if there is one, and makes the next attempt at once, with the last event ID and without an `error`
   * event: when a token was renewed, say, or the network is another. Attempts stay 500 ms apart. What is CLOSED stays so,
   * and a stream that was given cannot be asked for again.
   */
  reconnect() {
    outsideZones(() => this.#connection.reconnect(true));
  }

  /**
   * Lets a reconnection that is waited for keep the process alive, as it does anyway; where timers can do so.
   *
   * @returns {this}
   */
  ref() {
    this.#connection.unref(false);
    return this;
  }

  /**
   * Lets the process end although a reconnection is waited for; where timers can do so.
   *
   * @returns {this}
   */
  unref() {
    this.#connection.unref(true);
    return this;
  }

  /** Aborts the connection. No event is dispatched after this. */
  close() {
    this.#readyState = CLOSED;
    const closing = this.#closing;
    closing?.following?.leave(closing);
    const connection = this.#connection;
    outsideZones(() => connection.close());
    connection.lastEventId = ownCopy(connection.lastEventId);
    this.#tellClosed?.();
  }

  /** Discards what the stream has begun and what is not dispatched yet. The last event ID stays. */
  reset() {
    const connection = this.#connection;
    connection.reset();
    connection.lastEventId = ownCopy(connection.lastEventId);
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
    requireArguments('addEventListener', arguments, 2);
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
    requireArguments('removeEventListener', arguments, 2);
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
    if (!beginRedispatch(event)) {
      return dispatchThroughHost(event, this, this.#listeners, HostEventTarget.prototype);
    }
    this.#listeners.dispatch(event);
    return !event.defaultPrevented;
  }

  /**
   * "Announce the connection".
   *
   * @param {string} origin
   * @param {import('../connection/reports.js').Opening} opening
   */
  #announced(origin, opening) {
    this.#readyState = OPEN;
    this.#origin = origin;
    this.#listeners.dispatch(createOpenEvent(opening));
  }

  /** The request was dropped, and another is to follow. */
  #interrupted() {
    if (this.#readyState !== CLOSED) this.#readyState = CONNECTING;
  }

  /**
   * "Reestablish the connection", up to the wait, or "fail the connection".
   *
   * @param {Failure} failure
   * @param {boolean} isFinal
   */
  #lost(failure, isFinal) {
    // Whoever listens to the signal of the request, or to the body's cancelling, may have closed it just now.
    if (this.#readyState === CLOSED) return;
    this.#readyState = isFinal ? CLOSED : CONNECTING;
    if (isFinal) this.#tellClosed?.();
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
    const connection = this.#connection;
    if (id !== null) connection.lastEventId = id;
    if (type === null) return NO_LISTENER;
    const listeners = this.#listeners;
    const list = listeners.of(type);
    if (list.length === 0) return NO_LISTENER;
    const { taskReasons } = listeners;
    listeners.dispatchNew(
      new StreamEvent(type, batch.data, connection.lastEventId, creation),
      list,
    );
    return listeners.taskReasons === taskReasons ? NEEDS_MICROTASK : NEEDS_TASK;
  }
}

// What WebIDL says of an interface and a class does not: https://webidl.spec.whatwg.org/#es-interfaces
const { prototype } = EventSource;
const enumerable = { enumerable: true };
for (const name of Object.getOwnPropertyNames(prototype)) {
  if (name !== 'constructor') Object.defineProperty(prototype, name, enumerable);
}
for (const name of ['from', 'fromReadableStream']) {
  Object.defineProperty(EventSource, name, enumerable);
}
const constants = Object.getOwnPropertyDescriptors(Object.freeze({ CONNECTING, OPEN, CLOSED }));
Object.defineProperties(EventSource, constants);
Object.defineProperties(prototype, constants);
define(prototype, Symbol.toStringTag, 'EventSource');
defineInspection(prototype, 'EventSource', ['url', 'readyState', 'lastEventId']);
Object.defineProperty(EventSource, 'prototype', { writable: false });
// Libraries that pass their fetch() on look for this.
define(EventSource, Symbol.for('eventsource.supports-fetch-override'), true);
const { dispose } = /** @type {any} */ (Symbol);
// `using source = new EventSource(url)` closes it.
if (dispose) define(prototype, dispose, prototype.close, true);
