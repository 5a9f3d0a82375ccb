// Performs what the connection machine (src/connection.h) decides: requests, timers, reading. What rules it has of
// its own are listed in docs/architecture.md.
import { now } from '../core/clock.js';
import { attempt } from '../core/from_host.js';
import { createHandle, destroyHandle } from '../core/handle.js';
import { hostCore } from '../core/host_core.js';
import { ANNOUNCE, FAIL, FETCH, FETCH_WITHOUT_ID, NOTHING, PROBE } from '../core/record_layout.js';
import { cancel, readerOf } from '../stream/byte_source.js';
import { messageOf } from '../stream/error_message.js';
import { StreamReader } from '../stream/stream_reader.js';
import { queueTask } from '../stream/task.js';
import { abort } from './abort.js';
import { enforcesCors } from './cors.js';
import { OPAQUE_ORIGIN } from './given_stream.js';
import { isHosts } from './host_fetch.js';
import { probe } from './probe.js';
import { streamRequest } from './request.js';
import { readResponse, refusal } from './response.js';
import { isFetchable, schemeOf } from './scheme.js';
import { send } from './send.js';

/**
 * What an `error` event tells beyond the standard.
 *
 * @typedef {import('../stream/stream_reader.js').StreamFailure & {status?: number}} Failure - `status`: the
 *   response's, where there was one
 */

/**
 * What an `open` event tells beyond the standard.
 *
 * @typedef {object} Opening
 * @property {boolean | undefined} resumed - whether the request carried the last event ID; undefined where there is none
 */

/**
 * What a connection tells its EventSource. The source is the first argument of each; nothing is known of it here.
 * After a loss that is final it is told nothing more.
 *
 * @template Source
 * @typedef {object} SourceReports
 * @property {(source: Source, origin: string, opening: Opening) => void} announced
 * @property {(source: Source, batch: import('../core/event_batch.js').EventBatch) => 0 | 1 | 2} dispatch -
 *   the batch's event at hand; gives NO_LISTENER, NEEDS_MICROTASK or NEEDS_TASK
 * @property {(source: Source, failure: Failure, isFinal: boolean) => void} lost - be it reestablished or not
 */

const clock = () => now() >>> 0;
const random = () => (Math.random() * 0x10000) >>> 0;

/** Of a stream whose request went without the ID that there was. */
const NOT_RESUMED =
  " Not resumed: the server does not allow Last-Event-ID (see 'lastEventIdParam').";

/** What some hosts refuse in a header value, although the standard does not. */
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROLS = /[\x01-\x08\x0a-\x1f\x7f]/;

/** @template Source */
export class Connection {
  #source;
  #reports;
  #fetch;
  /** Whether it is the host's: somebody may put another in its place later. */
  #isHosts;
  #unref;
  /** @type {import('./abort.js').Abortable | undefined} */
  #controller;
  #stream;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** The ID that the latest request should have carried, where the host has refused to send it. */
  #refusedId = '';
  /** @type {boolean | undefined} of the latest request: see Opening */
  #resumed;
  /** The last reconnection time, for when the core has forgotten the connection. */
  #reconnectionTime = 0;

  /**
   * @param {Source} source
   * @param {SourceReports<Source>} reports
   * @param {string} url - serialized
   * @param {boolean} withCredentials
   * @param {typeof fetch | undefined} fetch - none where start() is given a stream
   * @param {boolean} unref - whether a waiting reconnection lets the process end
   * @param {number} [maxEventSize]
   */
  constructor(source, reports, url, withCredentials, fetch, unref, maxEventSize) {
    // What the source tells of these is asked of here: sources may be many.
    /** @readonly */
    this.url = url;
    /** @readonly */
    this.withCredentials = withCredentials;
    this.lastEventId = '';
    this.#source = source;
    this.#reports = reports;
    this.#fetch = fetch;
    this.#isHosts = isHosts(fetch);
    this.#unref = unref;
    this.#stream = new StreamReader(createHandle(this, maxEventSize), this, maxEventSize);
  }

  /** In the core; 0 when it is closed. */
  get #handle() {
    return this.#stream.handle.value;
  }

  /**
   * For the reader: an event is at hand.
   *
   * @param {import('../core/event_batch.js').EventBatch} batch
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
    // What has ended is not aborted: browsers' tools would show a failure, and a fetch of the user's own would hear of one.
    if (!this.#stream.isReading) this.#controller = undefined;
    // Some hosts send no such ID to anybody.
    if (this.#resumed === false && !this.#refusedId) failure.message += NOT_RESUMED;
    const action = this.#fetch ? hostCore.machine.end(this.#handle, clock(), random()) : FAIL;
    this.#perform(action, failure);
  }

  /**
   * For the reader: the stream cannot go on.
   *
   * @param {Failure} failure
   */
  failed(failure) {
    this.#perform(FAIL, failure);
  }

  /** @returns {number} the reconnection time in milliseconds */
  get reconnectionTime() {
    if (this.#handle === 0) return this.#reconnectionTime;
    return hostCore.machine.reconnection_time(this.#handle);
  }

  /** Drops what the stream has begun and what is not dispatched yet. */
  reset() {
    if (this.#handle !== 0) this.#stream.reset();
  }

  /**
   * Runs "in parallel": nothing is fired before the constructor's caller had its turn, and can have added listeners.
   *
   * @param {ReadableStream} [given] - that is open already, and locked from now on
   */
  start(given) {
    if (given) {
      const reader = readerOf(given);
      // Until it is read, close() ends it as it ends a request.
      this.#controller = { abort: () => cancel(reader) };
      queueTask(() => {
        if (this.#handle === 0) return;
        this.#controller = undefined;
        this.#open(reader, OPAQUE_ORIGIN);
      });
      return;
    }
    const scheme = schemeOf(this.url);
    // What a fetch of the user's own can fetch, it alone knows.
    const fetchable = !this.#isHosts || isFetchable(scheme);
    const action = hostCore.machine.start(this.#handle, fetchable, clock());
    const failure = { message: `The scheme '${scheme}' cannot be fetched.` };
    if (action === FAIL) queueTask(() => this.#perform(action, failure));
    else this.#perform(action, failure);
  }

  /** https://html.spec.whatwg.org/#dom-eventsource-close: nothing is told after this. */
  close() {
    if (this.#handle === 0) return;
    this.#reconnectionTime = this.reconnectionTime;
    destroyHandle(this.#stream.handle);
    this.#abandonRequest();
    attempt(() => clearTimeout(this.#timer));
  }

  /**
   * @param {number} action
   * @param {Failure} failure - why, where the action is to fail or to reestablish
   */
  #perform(action, failure) {
    if (this.#handle === 0 || action === NOTHING) return;
    const fails = action === FAIL;
    if (action === PROBE) {
      this.#probe(failure);
    } else if (action === FETCH || action === FETCH_WITHOUT_ID) {
      this.#request(action === FETCH ? this.lastEventId : '');
    } else {
      if (fails) this.close();
      else this.#abandonRequest();
      this.#reports.lost(this.#source, failure, fails);
      // A listener may have closed it.
      if (this.#handle !== 0) this.#wait(action);
    }
  }

  /** @param {number} milliseconds */
  #wait(milliseconds) {
    try {
      this.#timer = setTimeout(() => {
        // Not every timer can be cleared.
        if (this.#handle === 0) return;
        this.#perform(hostCore.machine.elapse(this.#handle, clock()), { message: '' });
      }, milliseconds);
    } catch (error) {
      this.#perform(FAIL, { message: `This host cannot wait: ${messageOf(error)}`, error });
    }
    if (this.#unref) /** @type {any} */ (this.#timer)?.unref?.();
  }

  /** Ends the request and its body, if there are any, without waiting for either. */
  #abandonRequest() {
    const controller = this.#controller;
    this.#controller = undefined;
    // Cancelling comes first: a body that was aborted already rejects it.
    this.#stream.stop();
    abort(controller);
  }

  /** @returns {AbortController | undefined} for one request, where the host has such a thing */
  #newController() {
    const controller = attempt(() => new AbortController());
    this.#controller = controller;
    return controller;
  }

  /** @param {string} lastEventId */
  #request(lastEventId) {
    // The latest stream may have set another one.
    if (this.lastEventId !== this.#refusedId) this.#refusedId = '';
    const sentId = this.#refusedId ? '' : lastEventId;
    const controller = this.#newController();
    this.#send(sentId, controller?.signal).then(
      (response) => this.#receive(response, controller, sentId),
      (error) => this.#requestFailed(error, sentId),
    );
  }

  /**
   * @param {string} lastEventId
   * @param {AbortSignal | undefined} signal
   */
  async #send(lastEventId, signal) {
    // It throws where there is no btoa(), which credentials in the URL need.
    const request = streamRequest(this.url, lastEventId, this.withCredentials, signal);
    return send(/** @type {typeof fetch} */ (this.#fetch), ...request);
  }

  /**
   * @param {unknown} error
   * @param {string} sentId - that the request carried
   */
  #requestFailed(error, sentId) {
    if (this.#handle === 0) return;
    // A fetch of the user's own may have thrown away a response that is not at its end.
    if (this.#isHosts) this.#controller = undefined;
    if (CONTROLS.test(sentId)) this.#refusedId = sentId;
    const action = hostCore.machine.fail(
      this.#handle,
      this.#isHosts && enforcesCors(),
      sentId !== '',
      clock(),
      random(),
    );
    const message =
      action === FAIL ? 'CORS refuses the response.' : `The request failed: ${messageOf(error)}`;
    this.#perform(action, { message, error });
  }

  /** @param {Failure} failure */
  async #probe(failure) {
    const fetch = /** @type {typeof globalThis.fetch} */ (this.#fetch);
    const { signal } = this.#newController() ?? {};
    const answered = await probe(fetch, this.url, this.withCredentials, signal);
    this.#abandonRequest();
    if (this.#handle === 0) return;
    const action = hostCore.machine.probe(this.#handle, answered, clock(), random());
    this.#perform(action, failure);
  }

  /**
   * @param {Response} response
   * @param {AbortController | undefined} controller
   * @param {string} sentId - that the request carried
   */
  #receive(response, controller, sentId) {
    const read = readResponse(response, this.url);
    const { status, contentType, body, reader, unreadable } = read;
    if (this.#handle === 0) {
      // The host could not abort, or did not; or a getter of a user's response has called close() just now.
      cancel(reader ?? body);
      abort(controller);
      return;
    }
    if (unreadable && status === 0) {
      this.#requestFailed(unreadable, sentId);
      return;
    }
    const action = hostCore.respond(this.#handle, status, contentType, clock());
    if (action === ANNOUNCE && reader) {
      this.#resumed = this.lastEventId === '' ? undefined : sentId !== '';
      this.#open(reader, read.origin);
      return;
    }
    if (body === null) this.#controller = undefined;
    cancel(reader ?? body);
    // A response that cannot be read comes from the user's fetch, and a retry would give the same.
    this.#perform(FAIL, refusal(read, action === ANNOUNCE));
  }

  /**
   * @param {import('../stream/byte_source.js').ByteReader} reader
   * @param {string} origin
   */
  #open(reader, origin) {
    this.#reports.announced(this.#source, origin, { resumed: this.#resumed });
    // A listener may have closed it.
    if (this.#handle === 0) cancel(reader);
    else this.#stream.start(reader);
  }
}
