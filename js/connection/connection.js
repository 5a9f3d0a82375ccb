// Performs what the connection machine (src/connection.h) decides: requests, timers, reading. What rules it has of
// its own are listed in docs/architecture.md.
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
import { clock, configure, random, wallClock } from './machine_input.js';
import { Deadlines } from './deadlines.js';
import { DEFAULTS } from './options.js';
import { enterPage, leavePage } from './page_life.js';
import { probe } from './probe.js';
import { RefusedBody } from './refused_body.js';
import { OwnFailure, requestStream } from './request.js';
import { readResponse, refusal } from './response.js';
import { isFetchable, schemeOf } from './scheme.js';
import { askUser } from './verdict.js';

/** @typedef {import('./reports.js').Failure} Failure */
/** @typedef {import('./reports.js').Opening} Opening */

/** Of a stream whose request went without the ID that there was. */
const NOT_RESUMED = " Not resumed: Last-Event-ID did not go along (see 'lastEventIdParam').";

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
  /** @type {import('./abort.js').Abortable | undefined} of what goes on: whoever finds another here is too late */
  #controller;
  #stream;
  /** @type {object | undefined} as long as the user's shouldRetry() is asked */
  #deciding;
  /** @type {Deadlines | undefined} made when it is needed: most sources never wait */
  #deadlines;
  /** The ID that the latest request should have carried, where the host has refused to send it. */
  #refusedId = '';
  /** @type {boolean | undefined} of the latest request: see Opening */
  #resumed;
  /** The last reconnection time, for when the core has forgotten the connection. */
  #reconnectionTime = 0;

  /**
   * @param {Source} source
   * @param {import('./reports.js').SourceReports<Source>} reports
   * @param {string} url - serialized
   * @param {boolean} withCredentials
   * @param {typeof fetch | undefined} fetch - none where start() is given a stream
   * @param {unknown} unref - whether a waiting reconnection lets the process end
   * @param {number} [maxEventSize]
   * @param {import('./options.js').Options} [options]
   */
  constructor(
    source,
    reports,
    url,
    withCredentials,
    fetch,
    unref,
    maxEventSize,
    options = DEFAULTS,
  ) {
    // What the source tells of these is asked of here: sources may be many.
    /** @readonly */
    this.url = url;
    /** @readonly */
    this.withCredentials = withCredentials;
    /** @readonly */
    this.options = options;
    this.lastEventId = options.lastEventId;
    this.#source = source;
    this.#reports = reports;
    this.#fetch = fetch;
    this.#isHosts = isHosts(fetch);
    if (unref) this.unref(true);
    const handle = createHandle(this, maxEventSize);
    this.#stream = new StreamReader(handle, this, maxEventSize);
    if (options !== DEFAULTS) configure(handle.value, options);
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

  /** For the reader: the time without a byte begins. */
  reading() {
    if (this.options.idleTimeout) hostCore.machine.touch(this.#handle, wallClock());
  }

  /**
   * For the reader: the body has ended, or broken off.
   *
   * @param {Failure} failure
   */
  ended(failure) {
    // What has ended is not aborted: browsers' tools would show a failure, and a fetch of the user's own would hear of one.
    if (!this.#stream.isReading) this.#controller = undefined;
    if (failure.reason === 'network') this.#time().holdBack(() => this.#end(failure));
    else this.#end(failure);
  }

  /** @param {Failure} failure */
  #end(failure) {
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
    this.#perform(hostCore.machine.refuse(this.#handle), failure);
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
        this.#open(reader, OPAQUE_ORIGIN, {});
      });
      return;
    }
    enterPage(this.#stream.handle, this);
    const scheme = schemeOf(this.url);
    // What a fetch of the user's own can fetch, it alone knows.
    const fetchable = !this.#isHosts || isFetchable(scheme);
    const action = hostCore.machine.start(this.#handle, fetchable, clock());
    /** @type {Failure} */
    const failure = { message: `The scheme '${scheme}' cannot be fetched.`, reason: 'refused' };
    if (action === FAIL) queueTask(() => this.#perform(action, failure));
    else this.#perform(action, failure);
  }

  /** https://html.spec.whatwg.org/#dom-eventsource-close: nothing is told after this. */
  close() {
    if (this.#handle === 0) return;
    this.#reconnectionTime = this.reconnectionTime;
    leavePage(this.#stream.handle);
    destroyHandle(this.#stream.handle);
    this.#abandon();
  }

  /** The page is put away: what goes on ends, in silence, until it is back. */
  suspend() {
    // What the user says of a failure is still to come.
    if (!this.#deciding) this.#interrupt();
  }

  /** The page is back. */
  resume() {
    if (!this.#deciding) this.reconnect(true);
  }

  /**
   * Makes the next attempt, and gives up the one that is under way, in silence.
   *
   * @param {boolean} forced - else only where it waits, and the server has not asked for that
   */
  reconnect(forced) {
    if (this.#handle === 0 || !this.#fetch) return;
    const wait = hostCore.machine.reconnect(this.#handle, forced, clock());
    if (wait === NOTHING) return;
    this.#interrupt();
    // A listener of the request's signal may have closed it.
    if (this.#handle !== 0) this.#time().wait(wait);
  }

  /** @param {boolean} unref - whether a wait lets the process end */
  unref(unref) {
    this.#time().unref(unref);
  }

  #time() {
    this.#deadlines ??= new Deadlines(this);
    return this.#deadlines;
  }

  /** Where there is a time-out, it is counted from now on. */
  #watch() {
    const { connectTimeout, idleTimeout } = this.options;
    if (connectTimeout || idleTimeout) this.#time().watch(this.#handle);
  }

  /**
   * @param {number} action
   * @param {Failure} failure - why, where the action is to fail or to reestablish
   * @param {RefusedBody} [body] - of a response that is refused
   */
  #perform(action, failure, body) {
    if (this.#handle === 0 || action === NOTHING) {
      body?.release();
    } else if (action === PROBE) {
      this.#probe(failure);
    } else if (action === FETCH || action === FETCH_WITHOUT_ID) {
      this.#request(action === FETCH);
    } else {
      this.#lose(action, failure, body);
    }
  }

  /**
   * @param {number} action - to fail or to reestablish, as far as nobody else says so
   * @param {Failure} failure
   * @param {RefusedBody} [body]
   */
  #lose(action, failure, body) {
    this.#abandon();
    // Whoever listens to the signal of the request, or to the body's cancelling, may have closed it just now, or told it
    // to reconnect.
    if (this.#handle === 0 || this.#deadlines?.isSet) {
      body?.release();
      return;
    }
    // Of a stream that was given, the machine does not know.
    failure.failures = hostCore.machine.failures(this.#handle) || 1;
    failure.retryIn = action === FAIL ? null : action;
    const { shouldRetry } = this.options;
    if (!shouldRetry) {
      this.#settle(action, failure, body);
      return;
    }
    const token = {};
    this.#deciding = token;
    askUser(
      shouldRetry,
      { ...failure },
      (verdict) => {
        // It may have been closed, or told to reconnect.
        if (this.#deciding !== token) {
          body?.release();
          return;
        }
        const { machine } = hostCore;
        const decided =
          verdict === undefined
            ? NOTHING
            : machine.decide(this.#handle, verdict, clock(), random());
        this.#settle(decided === NOTHING ? action : decided, failure, body);
      },
      this.#reports.thrown,
    );
    if (this.#deciding === token) this.#reports.interrupted(this.#source);
  }

  /**
   * @param {number} action - to fail or to reestablish
   * @param {Failure} failure
   * @param {RefusedBody} [body]
   */
  #settle(action, failure, body) {
    const isFinal = action === FAIL;
    failure.retryIn = isFinal ? null : action;
    failure.text = body && (() => body.text());
    this.#deciding = undefined;
    if (isFinal) this.close();
    this.#reports.lost(this.#source, failure, isFinal);
    body?.release();
    // A listener may have closed it, or told it to reconnect.
    if (this.#handle !== 0 && !this.#deadlines?.isSet) this.#time().wait(action);
  }

  /**
   * For its deadlines: the time has passed.
   *
   * @param {any} [error] - of a host without timers
   */
  elapsed(error) {
    if (error) {
      const message = `This host cannot wait: ${messageOf(error)}`;
      const failures = hostCore.machine.failures(this.#handle);
      this.#abandon();
      // Nobody is asked: it would be the same again.
      this.#settle(FAIL, { message, error, reason: 'refused', failures });
      return;
    }
    const { connectTimeout, idleTimeout } = this.options;
    const { isReading, isStarved } = this.#stream;
    // Whoever works on what came is not waiting for more.
    if (isReading && !isStarved) this.reading();
    const action = hostCore.machine.elapse(this.#handle, clock(), random(), wallClock());
    if (action === NOTHING) {
      this.#watch();
    } else {
      this.#perform(
        action,
        isReading
          ? { message: `No byte in ${idleTimeout} ms.`, reason: 'idle' }
          : { message: `No response in ${connectTimeout} ms.`, reason: 'timeout' },
      );
    }
  }

  /** Ends whatever goes on, without waiting for it. */
  #abandon() {
    this.#deadlines?.clear();
    this.#deciding = undefined;
    const controller = this.#controller;
    this.#controller = undefined;
    // Cancelling comes first: a body that was aborted already rejects it.
    this.#stream.stop();
    abort(controller);
  }

  #interrupt() {
    this.#abandon();
    this.#reports.interrupted(this.#source);
  }

  /** @returns {{abort(reason: unknown): void, signal?: AbortSignal}} for one request */
  #newController() {
    // Not every host has such a thing.
    const controller = attempt(() => new AbortController()) ?? { abort() {} };
    this.#controller = controller;
    return controller;
  }

  /** @param {boolean} withId - whether it carries the last event ID */
  #request(withId) {
    const { lastEventId } = this;
    // The latest stream may have set another one.
    if (lastEventId !== this.#refusedId) this.#refusedId = '';
    const sendId = withId && !this.#refusedId;
    const controller = this.#newController();
    const failures = hostCore.machine.failures(this.#handle);
    requestStream(
      /** @type {typeof fetch} */ (this.#fetch),
      this.url,
      this.withCredentials,
      this.options,
      { failures, lastEventId, signal: controller.signal },
      sendId,
      this.#isHosts,
    ).then(
      (answer) => this.#receive(readResponse(answer), controller),
      (error) => {
        if (controller !== this.#controller) return;
        this.#time().holdBack(() => this.#requestFailed(error, sendId));
      },
    );
    // The user's fetch or function may have closed it, or told it to reconnect.
    if (controller === this.#controller) this.#watch();
  }

  /**
   * @param {any} thrown - instead of a response
   * @param {boolean} withId - whether the request carried the last event ID, where there is one
   */
  #requestFailed(thrown, withId) {
    // A fetch of the user's own may have thrown away a response that is not at its end.
    if (this.#isHosts) this.#controller = undefined;
    const isOwn = thrown instanceof OwnFailure;
    const error = isOwn ? thrown.error : thrown;
    const { lastEventId } = this;
    const isInHeader = withId && lastEventId !== '' && !this.options.lastEventIdParam;
    if (isInHeader && CONTROLS.test(lastEventId)) this.#refusedId = lastEventId;
    const { machine } = hostCore;
    const isFinal = isOwn && thrown.isFinal;
    const mayBeRefused = !isOwn && this.#isHosts && enforcesCors();
    const action = isFinal
      ? machine.refuse(this.#handle)
      : machine.fail(this.#handle, mayBeRefused, isInHeader, clock(), random());
    const isRefused = mayBeRefused && action === FAIL;
    this.#perform(action, {
      message: isRefused ? 'CORS refuses the response.' : `The request failed: ${messageOf(error)}`,
      error,
      reason:
        isRefused || isFinal ? 'refused' : error?.name === 'AbortError' ? 'aborted' : 'network',
    });
  }

  /** @param {Failure} failure */
  async #probe(failure) {
    const fetch = /** @type {typeof globalThis.fetch} */ (this.#fetch);
    const controller = this.#newController();
    const answered = await probe(fetch, this.url, this.withCredentials, controller.signal);
    if (controller !== this.#controller) return;
    this.#abandon();
    const action = hostCore.machine.probe(this.#handle, answered, clock(), random());
    this.#perform(action, failure);
  }

  /**
   * @param {import('./response.js').ReadResponse} read
   * @param {import('./abort.js').Abortable} controller
   */
  #receive(read, controller) {
    const { status, contentType, headers, body, reader, unreadable, carriesId } = read;
    const refused = new RefusedBody(reader ?? body, controller);
    if (controller !== this.#controller) {
      // The host could not abort, or did not; or a getter of a user's response has called close() just now.
      refused.release();
      return;
    }
    if (unreadable && status === 0) {
      this.#requestFailed(unreadable, carriesId);
      return;
    }
    const action = hostCore.respond(
      this.#handle,
      status,
      contentType,
      clock(),
      random(),
      read.retryAfter,
    );
    if (action === ANNOUNCE && reader) {
      this.#resumed = this.lastEventId === '' ? undefined : carriesId;
      this.#open(reader, read.origin, { resumed: this.#resumed, status, headers });
      return;
    }
    // Whether it is aborted is up to who reads it.
    this.#controller = undefined;
    // A response that cannot be read comes from the user's fetch, and a retry would give the same.
    const isUnreadable = action === ANNOUNCE;
    const outcome = isUnreadable ? hostCore.machine.refuse(this.#handle) : action;
    this.#perform(outcome, refusal(read, isUnreadable), refused);
  }

  /**
   * @param {import('../stream/byte_source.js').ByteReader} reader
   * @param {string} origin
   * @param {Opening} opening
   */
  #open(reader, origin, opening) {
    const controller = this.#controller;
    this.#reports.announced(this.#source, origin, opening);
    // A listener may have closed it, or told it to reconnect.
    if (this.#handle === 0 || controller !== this.#controller) {
      cancel(reader);
    } else {
      this.#stream.start(reader);
      this.reading();
      this.#watch();
    }
  }
}
