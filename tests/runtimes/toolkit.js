/**
 * What a behaviour is given to describe a server, open sources on it and look at what happens.
 *
 * Nothing here may need more than an engine, a timer and a `fetch`: the suite also runs where there is
 * no `URL`, no `TextEncoder`, no `AbortController` and no `EventTarget`.
 *
 * @typedef {import('../support/stream_script.js').Attempt} Attempt
 * @typedef {import('../support/server.js').LoggedRequest} LoggedRequest
 *
 * @typedef {object} Environment What the driver knows about its runtime.
 * @property {string} name
 * @property {string[]} capabilities Names from `capabilities.js`.
 * @property {string} controlBase Origin for the log and the gates of the test server.
 * @property {string} [baseURL] What relative URLs are resolved against, in hosts that have such a thing.
 * @property {(url: string, init?: object) => Promise<any>} [fetch] For hosts without one. Without `init`
 *   the response may be there only when it is complete.
 * @property {(listener: (error: unknown) => boolean) => (() => void)} [onUncaught] Errors that nobody
 *   caught, unhandled rejections included. The listener says whether the error was its own; gives back
 *   what takes the listener away.
 *
 * @typedef {{type: string, data: any, lastEventId: any, origin: any, readyState: number, event: any}} Seen
 */
import { equal, fail, ok, same, throws } from './assertions.js';

/** Longer than any runtime's start, shorter than a behaviour's own time. */
const PATIENCE = 6000;

/** @param {number} milliseconds */
export function sleep(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** @param {unknown} script */
function inQuery(script) {
  // An apostrophe stays as it is in encodeURIComponent but not in a URL's query, and behaviours compare
  // what they asked for with `source.url`.
  return encodeURIComponent(JSON.stringify(script)).replace(/'/g, '%27');
}

let keys = 0;

export class Toolkit {
  equal = equal;
  same = same;
  ok = ok;
  throws = throws;
  fail = fail;
  sleep = sleep;

  /** @type {(() => void)[]} */
  #cleanups = [];

  /**
   * @param {{EventSource: any, base: string, crossBase: string, environment: Environment}} context
   * @param {string} id
   */
  constructor(context, id) {
    this.EventSource = context.EventSource;
    this.base = context.base;
    this.crossBase = context.crossBase;
    this.environment = context.environment;
    keys += 1;
    // Distinct between behaviours, between runs, and between contexts that share one server.
    this.key = `${id}-${keys}-${Math.random().toString(36).slice(2, 10)}`;
  }

  /** @param {string} capability */
  can(capability) {
    return this.environment.capabilities.includes(capability);
  }

  /**
   * @param {Attempt | Attempt[]} script
   * @param {{origin?: string, key?: string}} [where]
   */
  stream(script, { origin = this.base, key = this.key } = {}) {
    return `${origin}/stream?key=${key}&script=${inQuery(script)}`;
  }

  /**
   * Opens a source that is closed when the behaviour is over.
   *
   * @param {Attempt | Attempt[] | string} target A script, or a URL.
   * @param {any} [init]
   */
  open(target, init) {
    const url = typeof target === 'string' ? target : this.stream(target);
    return this.keep(
      init === undefined ? new this.EventSource(url) : new this.EventSource(url, init),
    );
  }

  /**
   * @template {{close(): void}} T
   * @param {T} source
   * @returns {T}
   */
  keep(source) {
    this.cleanup(() => source.close());
    return source;
  }

  /**
   * @param {any} source
   * @param {string} type
   * @param {number} [patience]
   * @returns {Promise<any>} The next event of that type.
   */
  next(source, type, patience = PATIENCE) {
    const promise = new Promise((resolve, reject) => {
      const timer = setTimeout(
        () =>
          reject(
            new Error(`no ${type} event in ${patience} ms (readyState is ${source.readyState})`),
          ),
        patience,
      );
      const listener = (/** @type {any} */ event) => {
        clearTimeout(timer);
        source.removeEventListener(type, listener);
        resolve(event);
      };
      source.addEventListener(type, listener);
      this.cleanup(() => clearTimeout(timer));
    });
    // One of several awaited events may fail first; the others must not count as unhandled.
    promise.catch(() => {});
    return promise;
  }

  /**
   * @param {any} source
   * @param {string[]} [types]
   * @returns {Seen[]} Grows as events arrive.
   */
  record(source, types = ['open', 'message', 'error']) {
    /** @type {Seen[]} */
    const seen = [];
    for (const type of types) {
      source.addEventListener(type, (/** @type {any} */ event) => {
        const { data, lastEventId, origin } = event;
        seen.push({
          type: event.type,
          data,
          lastEventId,
          origin,
          readyState: source.readyState,
          event,
        });
      });
    }
    return seen;
  }

  /**
   * @param {() => unknown} predicate May be asynchronous.
   * @param {string} what
   * @param {number} [patience]
   */
  async until(predicate, what, patience = PATIENCE) {
    const end = Date.now() + patience;
    for (;;) {
      if (await predicate()) return;
      if (Date.now() > end) fail(`waited ${patience} ms in vain until ${what}`);
      await sleep(15);
    }
  }

  /**
   * @param {string} url
   * @returns {Promise<any>} A response whose body arrives as it is written.
   */
  fetch(url) {
    return (this.environment.fetch ?? fetch)(url, {});
  }

  /** @param {string} path */
  async #control(path) {
    const url = `${this.environment.controlBase}${path}`;
    const response = await (this.environment.fetch ?? fetch)(url);
    return response.json();
  }

  /** @returns {Promise<LoggedRequest[]>} All of them: preflights and probes as well. */
  allRequests(key = this.key) {
    return this.#control(`/log?key=${key}`);
  }

  /**
   * A preflight is the browser's doing, and asking in `no-cors` mode whether a server is there at all is
   * not an attempt to open the stream.
   *
   * @returns {Promise<LoggedRequest[]>}
   */
  async requests(key = this.key) {
    const all = await this.allRequests(key);
    return all.filter(
      ({ method, headers }) => method === 'GET' && headers['sec-fetch-mode'] !== 'no-cors',
    );
  }

  /**
   * @param {number} count
   * @param {string} [key]
   * @param {number} [patience]
   */
  async requestsReach(count, key = this.key, patience = PATIENCE) {
    await this.until(
      async () => (await this.requests(key)).length >= count,
      `the server saw ${count} requests`,
      patience,
    );
    return this.requests(key);
  }

  /**
   * Lets the scripted server go on beyond `{hold: name}`.
   *
   * @param {string} name
   */
  async release(name, key = this.key) {
    await this.#control(`/release?key=${key}&name=${name}`);
  }

  /** @returns {Promise<string>} An origin where nothing listens. */
  async closedOrigin() {
    return (await this.#control('/closed-port')).origin;
  }

  /**
   * Collects what nobody caught, as far as `mine` says that it belongs to this behaviour.
   *
   * @param {(error: any) => boolean} mine
   * @returns {unknown[]} Grows as errors are reported.
   */
  onUncaught(mine) {
    /** @type {unknown[]} */
    const reported = [];
    const stop = this.environment.onUncaught?.((error) => {
      if (!mine(error)) return false;
      reported.push(error);
      return true;
    });
    if (stop) this.cleanup(() => setTimeout(stop, 500));
    return reported;
  }

  /** @param {() => void} action Runs when the behaviour is over, however it ends. */
  cleanup(action) {
    this.#cleanups.push(action);
  }

  finish() {
    for (const action of this.#cleanups.splice(0)) {
      try {
        action();
      } catch {
        // The behaviour has its verdict; a broken close() has a behaviour of its own.
      }
    }
  }
}
