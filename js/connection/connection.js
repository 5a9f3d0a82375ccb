// Performs what the connection machine (src/connection.h) decides: requests, timers, reading. What rules it has of
// its own are listed in docs/architecture.md.
import { now } from '../core/clock.js';
import { hostCore } from '../core/host_core.js';
import { ANNOUNCE, FAIL, FETCH, FETCH_WITHOUT_ID, NOTHING, PROBE } from '../core/record_layout.js';
import { cancel } from '../stream/byte_source.js';
import { messageOf } from '../stream/error_message.js';
import { StreamReader } from '../stream/stream_reader.js';
import { queueTask } from '../stream/task.js';
import { abort } from './abort.js';
import { enforcesCors } from './cors.js';
import { isHosts } from './host_fetch.js';
import { probe } from './probe.js';
import { streamRequest } from './request.js';
import { readResponse, refusal } from './response.js';
import { isFetchable, schemeOf } from './scheme.js';
import { originOf } from './url.js';

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
 * What a connection tells its EventSource, and asks of it. The source is the first argument of each; nothing is known
 * of it here. After `failed` it is told nothing more.
 *
 * @template Source
 * @typedef {object} SourceReports
 * @property {(source: Source, origin: string, opening: Opening) => void} announced
 * @property {(source: Source, batch: import('../core/event_batch.js').EventBatch) => 0 | 1 | 2} dispatch -
 *   the batch's event at hand; gives NO_LISTENER, NEEDS_MICROTASK or NEEDS_TASK
 * @property {(source: Source, failure: Failure) => void} reestablishing
 * @property {(source: Source, failure: Failure) => void} failed
 * @property {(source: Source) => string} lastEventId
 * @property {(source: Source) => string} url
 * @property {(source: Source) => boolean} withCredentials
 */

const clock = () => Math.trunc(now()) >>> 0;
const random = () => Math.floor(Math.random() * 0x10000);

/**
 * Milliseconds that a probe may take. A server that holds its headers back until there is an event would have it wait
 * for that, and nobody would hear that the connection is lost. Chromium holds the connection of a refused response for
 * five seconds, and the probe may have to wait for that one.
 */
const LONGEST_PROBE = 8000;

/** Of a stream whose request went without the ID that there was. */
const NOT_RESUMED =
  ' It had not been resumed: the server refuses the header Last-Event-ID. It has to allow it in' +
  " Access-Control-Allow-Headers, or to take the ID from the URL (option 'lastEventIdParam').";

/** What some hosts refuse in a header value, although the standard does not. */
// eslint-disable-next-line no-control-regex -- they are meant
const CONTROLS = /[\x01-\x08\x0a-\x1f\x7f]/;

/** @template Source */
export class Connection {
  // What the source knows already is asked of it: connections may be many.
  #source;
  #reports;
  #fetch;
  /** Whether it is the host's: somebody may put another in its place later. */
  #isHosts;
  #unref;
  /** In the core; 0 when it is closed. */
  #handle = hostCore.create();
  /** @type {AbortController | undefined} */
  #controller;
  #stream;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** An ID that the host has refused to send. */
  #refusedId = '';
  /** @type {boolean | undefined} of the latest request: see Opening */
  #resumed;
  /** The last reconnection time, for when the core has forgotten the connection. */
  #reconnectionTime = 0;

  /**
   * @param {Source} source
   * @param {SourceReports<Source>} reports
   * @param {typeof fetch} fetch
   * @param {boolean} unref - whether a waiting reconnection lets the process end
   */
  constructor(source, reports, fetch, unref) {
    this.#source = source;
    this.#reports = reports;
    this.#fetch = fetch;
    this.#isHosts = isHosts(fetch);
    this.#unref = unref;
    this.#stream = new StreamReader(this.#handle, this);
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
    this.#controller = undefined;
    if (this.#resumed === false) failure.message += NOT_RESUMED;
    this.#perform(hostCore.machine.end(this.#handle, clock(), random()), failure);
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

  /** Runs "in parallel": nothing is fired before the constructor's caller had its turn. */
  start() {
    const scheme = schemeOf(this.#reports.url(this.#source));
    // What a fetch of the user's own can fetch, it alone knows.
    const fetchable = !this.#isHosts || isFetchable(scheme);
    const action = hostCore.machine.start(this.#handle, Number(fetchable), clock());
    const failure = { message: `The scheme '${scheme}' cannot be fetched.` };
    if (action === FAIL) queueTask(() => this.#perform(action, failure));
    else this.#perform(action, failure);
  }

  /** https://html.spec.whatwg.org/#dom-eventsource-close: nothing is told after this. */
  close() {
    if (this.#handle === 0) return;
    this.#reconnectionTime = this.reconnectionTime;
    hostCore.machine.destroy(this.#handle);
    this.#handle = 0;
    this.#abandonRequest();
    if (this.#timer !== undefined) clearTimeout(this.#timer);
  }

  /**
   * @param {number} action
   * @param {Failure} failure - why, where the action is to fail or to reestablish
   */
  #perform(action, failure) {
    if (this.#handle === 0) return;
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
        if (this.#handle !== 0) this.#wait(action);
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
    abort(controller);
  }

  /** @returns {AbortController | undefined} for one request, where the host has such a thing */
  #newController() {
    this.#controller = typeof AbortController === 'function' ? new AbortController() : undefined;
    return this.#controller;
  }

  /** @param {string} lastEventId */
  #request(lastEventId) {
    const sentId = lastEventId === this.#refusedId ? '' : lastEventId;
    const controller = this.#newController();
    const request = streamRequest(this.#reports.url(this.#source), {
      lastEventId: sentId,
      withCredentials: this.#reports.withCredentials(this.#source),
      signal: controller?.signal,
    });
    // Not `async`, and called as a function: hosts check `this`.
    const { fetch } = { fetch: this.#fetch };
    new Promise((resolve) => resolve(Reflect.apply(fetch, undefined, request))).then(
      (response) => this.#receive(/** @type {Response} */ (response), controller, sentId),
      (error) => this.#requestFailed(error, sentId),
    );
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
      Number(this.#isHosts && enforcesCors()),
      Number(sentId !== ''),
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
    const controller = this.#newController();
    this.#timer = setTimeout(() => abort(controller), LONGEST_PROBE);
    const url = this.#reports.url(this.#source);
    const answered = await probe(url, {
      fetch: this.#fetch,
      origin: originOf(url),
      withCredentials: this.#reports.withCredentials(this.#source),
      signal: controller?.signal,
    });
    clearTimeout(this.#timer);
    this.#abandonRequest();
    if (this.#handle === 0) return;
    const action = hostCore.machine.probe(this.#handle, Number(answered), clock(), random());
    this.#perform(action, failure);
  }

  /**
   * @param {Response} response
   * @param {AbortController | undefined} controller
   * @param {string} sentId - that the request carried
   */
  #receive(response, controller, sentId) {
    const read = readResponse(response, this.#reports.url(this.#source));
    const { status, contentType, body, reader, unreadable } = read;
    if (this.#handle === 0) {
      // The host had no way to abort, or did not care; or a response of somebody else's making has closed us just now.
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
      const resumed = this.#reports.lastEventId(this.#source) === '' ? undefined : sentId !== '';
      this.#resumed = resumed;
      this.#reports.announced(this.#source, read.origin, { resumed });
      if (this.#handle === 0) cancel(reader);
      else this.#stream.start(reader);
      return;
    }
    if (body === null) this.#controller = undefined;
    cancel(reader ?? body);
    // A response that cannot be read is of somebody's own making, and would be no other the next time.
    this.#perform(FAIL, refusal(read, action === ANNOUNCE));
  }
}
