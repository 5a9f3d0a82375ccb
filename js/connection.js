// Performs what the connection machine (src/connection.h) decides: requests, timers, reading. It holds no
// rule of its own.
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
 *   whether promise reactions may be waiting on what the listeners did
 * @property {(failure: import('./events.js').Failure) => void} reestablishing
 * @property {(failure: import('./events.js').Failure) => void} failed
 * @property {() => string} lastEventId
 */

/** @typedef {import('./events.js').Failure} Failure */

const clock = () => Math.trunc(now()) >>> 0;
const random = () => Math.floor(Math.random() * 0x10000);

/** Each event is dispatched in a turn of its own: docs/decisions/0005-one-turn-for-each-event.md. */
const nextTurn = Promise.resolve();

/**
 * @param {unknown} error - whatever a host or a user's fetch rejects with
 * @returns {string}
 */
function messageOf(error) {
  try {
    return String(/** @type {Error | null} */ (error)?.message ?? error);
  } catch {
    return 'unknown reason';
  }
}

/** @param {any} body - or its reader; nobody waits for it, and nobody hears whether it failed */
function cancel(body) {
  new Promise((resolve) => resolve(body?.cancel?.())).catch(() => {});
}

/** After so many slices, timers and the page have their turn, however fast the stream is. */
const SLICES_A_TASK = 32;

/** What some hosts refuse in a header value, although the standard does not. */
// eslint-disable-next-line no-control-regex -- they are meant
const CONTROLS = /[\x01-\x08\x0a-\x1f\x7f]/;

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
  #slices = 0;
  /** The ID that the request under way carries. */
  #sentId = '';
  /** An ID that the host has refused to send. */
  #refusedId = '';
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
    this.#abandonRequest();
    if (this.#timer !== undefined) clearTimeout(this.#timer);
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
    // Cancelling comes first: a body that was aborted already rejects it.
    cancel(reader);
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
    const request = streamRequest(this.#url.href, {
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
      cancel(response?.body);
      controller?.abort();
      return;
    }
    let status = 0;
    let contentType = '';
    let origin = '';
    /** @type {unknown} */
    let unreadable;
    try {
      status = Number(response.status) || 0;
      contentType = response.headers.get('content-type') ?? '';
      origin = originOf(response.url ?? '', this.#url.origin);
      if (status === 200) this.#reader = readerOf(response.body);
    } catch (error) {
      unreadable = error;
    }
    // A response of somebody else's making may have closed us just now.
    if (this.#closed) {
      this.#abandonRequest();
      return;
    }
    if (unreadable && status === 0) {
      this.#requestFailed(unreadable);
      return;
    }
    const action = hostCore.respond(this.#handle, status, contentType, clock());
    if (action === ANNOUNCE) {
      this.#owner.announced(origin);
      if (unreadable) this.#ended({ message: messageOf(unreadable), error: unreadable });
      else this.#read();
      return;
    }
    const message =
      status === 200
        ? `The response has the Content-Type '${contentType}', not 'text/event-stream'.`
        : `The response has the status ${status}, not 200.`;
    if (!this.#reader) cancel(response.body);
    this.#perform(action, { message, status });
  }

  #read() {
    if (this.#closed) return;
    // Within a promise, so that what a body of somebody else's making throws arrives as a rejection.
    new Promise((resolve) => resolve(this.#reader?.read())).then(
      (result) => this.#chunkRead(/** @type {any} */ (result)),
      (error) => this.#ended({ message: `The stream broke off: ${messageOf(error)}`, error }),
    );
  }

  /** @param {{done?: boolean, value?: any}} result */
  #chunkRead(result) {
    if (this.#closed) return;
    if (result?.done) {
      this.#ended({ message: 'The stream ended.' });
      return;
    }
    try {
      this.#chunk = bytesOf(result?.value);
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
      this.#overflow = { message: messageOf(error), error };
    }
    this.#parsed = end;
    this.#slices = (this.#slices + 1) % SLICES_A_TASK;
    if (this.#slices === 0) queueTask(this.#dispatchNext);
    else this.#dispatchNext();
  }

  #dispatchNext = () => {
    if (this.#closed) return;
    const queue = this.#queue;
    if (this.#dispatched < queue.length) {
      const at = this.#dispatched;
      this.#dispatched += 3;
      const needsTask = this.#owner.dispatch(
        queue[at],
        /** @type {string} */ (queue[at + 1]),
        queue[at + 2],
      );
      if (this.#closed) return;
      // Who waits for one event at a time, by adding a listener for each or in an async function, needs
      // every promise reaction to run in between; for others the next turn will do.
      if (needsTask) {
        queueTask(this.#dispatchNext);
        return;
      }
      if (this.#dispatched < queue.length || this.#parsed < this.#chunk.length) {
        nextTurn.then(this.#dispatchNext);
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
