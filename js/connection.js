// Performs what the connection machine (src/connection.h) decides: requests, timers, reading. It holds no
// rule of its own.
import { EventTooLargeError } from './core.js';
import { now } from './events.js';
import { hostCore } from './host_core.js';
import {
  ANNOUNCE,
  FAIL,
  FETCH,
  FETCH_WITHOUT_ID,
  NOTHING,
  PROBE,
  STAGING_BYTES,
} from './record_layout.js';
import { queueTask } from './task.js';
import { bytesOf, mayBeRefused, probe, readerOf, streamRequest } from './transport.js';
import { originOf } from './url.js';

/**
 * What a connection tells its EventSource. After `failed` it tells nothing more.
 *
 * @typedef {object} ConnectionOwner
 * @property {(origin: string) => void} announced
 * @property {(type: string | null, data: string, id: string | null) => boolean} dispatch - gives
 *   whether listeners have come or gone meanwhile
 * @property {(failure: import('./events.js').Failure) => void} reestablishing
 * @property {(failure: import('./events.js').Failure) => void} failed
 * @property {() => string} lastEventId
 */

/** @typedef {import('./events.js').Failure} Failure */

const clock = () => Math.trunc(now()) >>> 0;
const random = () => Math.floor(Math.random() * 0x10000);

/** Each event is dispatched in a turn of its own, as the tasks of the standard are. */
const nextTurn = Promise.resolve();

/** @param {unknown} error */
const messageOf = (error) => /** @type {Error | null} */ (error)?.message ?? `${error}`;

export class Connection {
  #owner;
  #url;
  #withCredentials;
  #fetch;
  #handle = hostCore.create();
  #closed = false;
  /** @type {AbortController | undefined} */
  #controller;
  /** @type {ReturnType<typeof readerOf> | undefined} */
  #reader;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {Uint8Array} the chunk that is being parsed */
  #chunk = new Uint8Array();
  /** How much of it is. */
  #parsed = 0;
  /** @type {import('./core.js').EventQueue} */
  #queue = [];
  #dispatched = 0;
  /** @type {Failure | undefined} what ends the stream once the queue is empty */
  #overflow;

  /**
   * @param {ConnectionOwner} owner
   * @param {{href: string, protocol: string, origin: string}} url
   * @param {boolean} withCredentials
   * @param {typeof fetch} fetch
   */
  constructor(owner, url, withCredentials, fetch) {
    this.#owner = owner;
    this.#url = url;
    this.#withCredentials = withCredentials;
    this.#fetch = fetch;
  }

  /** Runs "in parallel": nothing is fired before the constructor's caller had its turn. */
  start() {
    const fetchable = /^https?:$/.test(this.#url.protocol);
    const action = hostCore.machine.start(this.#handle, Number(fetchable), clock());
    const failure = { message: `The scheme '${this.#url.protocol}' cannot be fetched.` };
    if (action === FAIL) queueTask(() => this.#perform(action, failure));
    else this.#perform(action, failure);
  }

  /** https://html.spec.whatwg.org/#dom-eventsource-close: nothing is told after this. */
  close() {
    if (this.#closed) return;
    this.#closed = true;
    hostCore.machine.destroy(this.#handle);
    clearTimeout(this.#timer);
    this.#abandonRequest();
    this.#queue = [];
    this.#chunk = new Uint8Array();
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
        this.#request(this.#owner.lastEventId());
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
        this.#owner.failed(failure);
        break;
      default:
        this.#abandonRequest();
        this.#owner.reestablishing(failure);
        // A listener may have closed it.
        if (!this.#closed) this.#timer = setTimeout(() => this.#elapsed(), action);
    }
  }

  #elapsed() {
    this.#perform(hostCore.machine.elapse(this.#handle, clock()), { message: '' });
  }

  /** Ends the request and its body, if there are any, without waiting for either. */
  #abandonRequest() {
    const reader = this.#reader;
    const controller = this.#controller;
    this.#reader = undefined;
    this.#controller = undefined;
    try {
      // Cancelling comes first: a body that was aborted already rejects it.
      Promise.resolve(reader?.cancel()).catch(() => {});
    } catch {
      // A body of somebody else's making.
    }
    controller?.abort();
  }

  /** @returns {AbortController | undefined} for one request, where the host has such a thing */
  #newController() {
    this.#controller = typeof AbortController === 'function' ? new AbortController() : undefined;
    return this.#controller;
  }

  /** @param {string} lastEventId */
  #request(lastEventId) {
    const controller = this.#newController();
    const request = streamRequest(this.#url.href, {
      lastEventId,
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
    const refusable = Number(mayBeRefused());
    const action = hostCore.machine.fail(this.#handle, refusable, clock(), random());
    const message =
      action === FAIL
        ? 'The server answers, but its response may not be read here: CORS refuses it.'
        : `The request failed: ${messageOf(error)}`;
    this.#perform(action, { message, error });
  }

  /** @param {Failure} failure */
  async #probe(failure) {
    const signal = this.#newController()?.signal;
    const answered = await probe(this.#url.href, {
      origin: this.#url.origin,
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
      Promise.resolve(response?.body?.cancel?.()).catch(() => {});
      controller?.abort();
      return;
    }
    let reader;
    let contentType;
    const { status } = response ?? {};
    try {
      contentType = response.headers.get('content-type') ?? '';
      reader = readerOf(response.body);
    } catch (error) {
      this.#requestFailed(error);
      return;
    }
    this.#reader = reader;
    const action = hostCore.respond(this.#handle, status, contentType, clock());
    if (action === ANNOUNCE) {
      this.#owner.announced(originOf(response.url ?? '', this.#url.origin));
      if (!this.#closed) this.#read();
      return;
    }
    const message =
      status === 200
        ? `The response has the Content-Type '${contentType}', not 'text/event-stream'.`
        : `The response has the status ${status}, not 200.`;
    this.#perform(action, { message, status });
  }

  #read() {
    this.#reader?.read().then(
      (result) => this.#chunkRead(result),
      (error) => this.#ended({ message: `The stream broke off: ${messageOf(error)}`, error }),
    );
  }

  /** @param {{done?: boolean, value?: any}} result */
  #chunkRead({ done, value }) {
    if (this.#closed) return;
    if (done) {
      this.#ended({ message: 'The stream ended.' });
      return;
    }
    try {
      this.#chunk = bytesOf(value);
    } catch (error) {
      this.#ended({ message: messageOf(error), error });
      return;
    }
    this.#parsed = 0;
    this.#parseSlice();
  }

  /** Parses the next slice of the chunk; records are out of the core before any listener runs. */
  #parseSlice() {
    if (this.#parsed >= this.#chunk.length) {
      this.#read();
      return;
    }
    const end = Math.min(this.#parsed + STAGING_BYTES, this.#chunk.length);
    this.#queue = [];
    this.#dispatched = 0;
    try {
      hostCore.parse(this.#handle, this.#chunk.subarray(this.#parsed, end), this.#queue);
    } catch (error) {
      if (!(error instanceof EventTooLargeError)) throw error;
      this.#overflow = { message: error.message, error };
    }
    this.#parsed = end;
    this.#dispatchNext();
  }

  #dispatchNext = () => {
    if (this.#closed) return;
    const queue = this.#queue;
    if (this.#dispatched < queue.length) {
      const at = this.#dispatched;
      this.#dispatched += 3;
      const listenersChanged = this.#owner.dispatch(
        queue[at],
        /** @type {string} */ (queue[at + 1]),
        queue[at + 2],
      );
      if (this.#closed) return;
      if (this.#dispatched < queue.length) {
        // Who waits for one event at a time, by adding a listener for each, needs every promise
        // reaction to run in between; others need just the next turn.
        if (listenersChanged) queueTask(this.#dispatchNext);
        else nextTurn.then(this.#dispatchNext);
        return;
      }
    }
    if (this.#overflow) this.#perform(FAIL, this.#overflow);
    else this.#parseSlice();
  };

  /** @param {Failure} failure */
  #ended(failure) {
    if (this.#closed) return;
    this.#perform(hostCore.machine.end(this.#handle, clock(), random()), failure);
  }
}
