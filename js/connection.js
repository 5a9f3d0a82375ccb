// Performs what the connection machine (src/connection.h) decides: requests, timers, reading. It holds no
// rule of its own.
import { now } from './events.js';
import { hostCore } from './host_core.js';
import { ANNOUNCE, FAIL, FETCH, FETCH_WITHOUT_ID, NOTHING, PROBE } from './record_layout.js';
import { cancel, messageOf, StreamReader } from './stream_reader.js';
import { queueTask } from './task.js';
import { mayBeRefused, probe, readerOf, streamRequest } from './transport.js';
import { originOf } from './url.js';

/**
 * What a connection tells its EventSource, which is the first argument of each. After `failed` it tells
 * nothing more.
 *
 * @typedef {object} SourceReports
 * @property {(source: EventSource, origin: string) => void} announced
 * @property {(source: EventSource, batch: import('./event_batch.js').EventBatch) => 0 | 1 | 2} dispatch -
 *   the batch's event at hand; gives NOBODY, HEARD or STIRRED
 * @property {(source: EventSource, failure: Failure) => void} reestablishing
 * @property {(source: EventSource, failure: Failure) => void} failed
 * @property {(source: EventSource) => string} lastEventId
 */

/** @typedef {import('./event_source.js').EventSource} EventSource */
/** @typedef {import('./events.js').Failure} Failure */

const clock = () => Math.trunc(now()) >>> 0;
const random = () => Math.floor(Math.random() * 0x10000);

/** What some hosts refuse in a header value, although the standard does not. */
// eslint-disable-next-line no-control-regex -- they are meant
const CONTROLS = /[\x01-\x08\x0a-\x1f\x7f]/;

export class Connection {
  #source;
  #reports;
  #href;
  #origin;
  #withCredentials;
  #fetch;
  #unref;
  #handle = hostCore.create();
  #closed = false;
  /** @type {AbortController | undefined} */
  #controller;
  #stream;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** The ID that the request under way carries. */
  #sentId = '';
  /** An ID that the host has refused to send. */
  #refusedId = '';
  /** The last reconnection time, for when the core has forgotten the connection. */
  #reconnectionTime = 0;

  /**
   * @param {EventSource} source
   * @param {SourceReports} reports
   * @param {{href: string, protocol: string, origin: string}} url
   * @param {boolean} withCredentials
   * @param {typeof fetch} fetch
   * @param {boolean} unref - whether a waiting reconnection lets the process end
   */
  constructor(source, reports, url, withCredentials, fetch, unref) {
    this.#source = source;
    this.#reports = reports;
    // A URL object is large.
    this.#href = url.href;
    this.#origin = url.origin;
    this.#withCredentials = withCredentials;
    this.#fetch = fetch;
    this.#unref = unref;
    this.#stream = new StreamReader(this.#handle, this);
  }

  /**
   * For the reader: an event is at hand.
   *
   * @param {import('./event_batch.js').EventBatch} batch
   */
  dispatch(batch) {
    return this.#reports.dispatch(this.#source, batch);
  }

  /**
   * For the reader: the body has ended, or broken off.
   *
   * @param {Failure} failure
   */
  ended(failure) {
    this.#perform(hostCore.machine.end(this.#handle, clock(), random()), failure);
  }

  /**
   * For the reader: an event is too large.
   *
   * @param {Failure} failure
   */
  overflowed(failure) {
    this.#perform(FAIL, failure);
  }

  /** @returns {number} the reconnection time in milliseconds */
  get reconnectionTime() {
    return this.#closed ? this.#reconnectionTime : hostCore.machine.reconnection_time(this.#handle);
  }

  /** Drops what the stream has begun and what is not dispatched yet. */
  reset() {
    if (!this.#closed) this.#stream.reset();
  }

  /** Runs "in parallel": nothing is fired before the constructor's caller had its turn. */
  start() {
    const [scheme] = /^[^:]*:/.exec(this.#href) ?? [];
    const fetchable = /^https?:$/.test(`${scheme}`);
    const action = hostCore.machine.start(this.#handle, Number(fetchable), clock());
    const failure = { message: `The scheme '${scheme}' cannot be fetched.` };
    if (action === FAIL) queueTask(() => this.#perform(action, failure));
    else this.#perform(action, failure);
  }

  /** https://html.spec.whatwg.org/#dom-eventsource-close: nothing is told after this. */
  close() {
    if (this.#closed) return;
    this.#reconnectionTime = this.reconnectionTime;
    this.#closed = true;
    hostCore.machine.destroy(this.#handle);
    this.#abandonRequest();
    if (this.#timer !== undefined) clearTimeout(this.#timer);
  }

  /**
   * @param {number} action
   * @param {Failure} failure - why, where the action is to fail or to reestablish
   */
  #perform(action, failure) {
    if (this.#closed) return;
    switch (action) {
      case NOTHING:
        break;
      case FETCH:
        this.#request(this.#reports.lastEventId(this.#source));
        break;
      case FETCH_WITHOUT_ID:
        this.#request('');
        break;
      case ANNOUNCE:
        // #receive() does it, which has the response.
        break;
      case PROBE:
        this.#probe(failure);
        break;
      case FAIL:
        this.close();
        this.#reports.failed(this.#source, failure);
        break;
      default:
        this.#abandonRequest();
        this.#reports.reestablishing(this.#source, failure);
        // A listener may have closed it.
        if (!this.#closed) this.#wait(action);
    }
  }

  /** @param {number} milliseconds */
  #wait(milliseconds) {
    this.#timer = setTimeout(() => this.#elapsed(), milliseconds);
    if (this.#unref) /** @type {any} */ (this.#timer)?.unref?.();
  }

  #elapsed() {
    this.#perform(hostCore.machine.elapse(this.#handle, clock()), { message: '' });
  }

  /** Ends the request and its body, if there are any, without waiting for either. */
  #abandonRequest() {
    const controller = this.#controller;
    this.#controller = undefined;
    // Cancelling comes first: a body that was aborted already rejects it.
    this.#stream.stop();
    controller?.abort();
  }

  /** @returns {AbortController | undefined} for one request, where the host has such a thing */
  #newController() {
    this.#controller = typeof AbortController === 'function' ? new AbortController() : undefined;
    return this.#controller;
  }

  /** @param {string} lastEventId */
  #request(lastEventId) {
    this.#sentId = lastEventId === this.#refusedId ? '' : lastEventId;
    const controller = this.#newController();
    const request = streamRequest(this.#href, {
      lastEventId: this.#sentId,
      withCredentials: this.#withCredentials,
      signal: controller?.signal,
    });
    // Not `async`, and called as a function: hosts check `this`.
    const { fetch } = { fetch: this.#fetch };
    new Promise((resolve) => resolve(Reflect.apply(fetch, undefined, request))).then(
      (response) => this.#receive(/** @type {Response} */ (response), controller),
      (error) => this.#requestFailed(error),
    );
  }

  /** @param {unknown} error */
  #requestFailed(error) {
    if (this.#closed) return;
    if (CONTROLS.test(this.#sentId)) this.#refusedId = this.#sentId;
    const action = hostCore.machine.fail(
      this.#handle,
      Number(mayBeRefused(this.#fetch)),
      Number(this.#sentId !== ''),
      clock(),
      random(),
    );
    const message =
      action === FAIL
        ? 'The server answers, but its response may not be read here: CORS refuses it.'
        : `The request failed: ${messageOf(error)}`;
    this.#perform(action, { message, error });
  }

  /** @param {Failure} failure */
  async #probe(failure) {
    const signal = this.#newController()?.signal;
    const answered = await probe(this.#href, {
      origin: this.#origin,
      withCredentials: this.#withCredentials,
      signal,
    });
    if (this.#closed) return;
    this.#abandonRequest();
    const action = hostCore.machine.probe(this.#handle, Number(answered), clock(), random());
    this.#perform(action, failure);
  }

  /**
   * @param {Response} response
   * @param {AbortController | undefined} controller
   */
  #receive(response, controller) {
    if (this.#closed) {
      // The host had no way to abort, or did not care.
      cancel(response?.body);
      controller?.abort();
      return;
    }
    let status = 0;
    let contentType = '';
    let origin = '';
    /** @type {ReturnType<typeof readerOf> | undefined} */
    let reader;
    /** @type {unknown} */
    let unreadable;
    try {
      status = Number(response.status) || 0;
      contentType = response.headers.get('content-type') ?? '';
      origin = originOf(response.url ?? '', this.#origin);
      if (status === 200) reader = readerOf(response.body);
    } catch (error) {
      unreadable = error;
    }
    // A response of somebody else's making may have closed us just now.
    if (this.#closed) {
      cancel(reader ?? response?.body);
      return;
    }
    if (unreadable && status === 0) {
      this.#requestFailed(unreadable);
      return;
    }
    const action = hostCore.respond(this.#handle, status, contentType, clock());
    if (action === ANNOUNCE) {
      this.#reports.announced(this.#source, origin);
      if (this.#closed) cancel(reader);
      else if (reader) this.#stream.start(reader);
      else {
        this.ended({ message: messageOf(unreadable), error: unreadable });
      }
      return;
    }
    const message =
      status === 200
        ? `The response has the Content-Type '${contentType}', not 'text/event-stream'.`
        : `The response has the status ${status}, not 200.`;
    cancel(reader ?? response.body);
    this.#perform(action, { message, status });
  }
}
