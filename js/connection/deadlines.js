// When the connection machine is asked again: after a wait, or when a time-out may have passed. One timer a connection.
import { attempt, fromHost } from '../core/from_host.js';
import { hostCore } from '../core/host_core.js';
import { queueTask } from '../stream/task.js';
import { enforcesCors } from './cors.js';
import { clock, wallClock } from './machine_input.js';
import { awaitNetwork, stopAwaiting } from './page_life.js';

/** Milliseconds. Between a failure and `pagehide`, 16 at most were seen. */
const FAREWELL = 100;

/**
 * @typedef {object} Waiting
 * @property {(error?: unknown) => void} elapsed - the time has passed; or there is an error, as the host has no timers
 */
/** @typedef {Waiting & import('./page_life.js').Connected} Timed */

export class Deadlines {
  #owner;
  /** Whether the process may end before it has passed, where timers can do so. */
  #unref = false;
  /** @type {{id?: any} | undefined} the timer that is set */
  #set;

  /** @param {Timed} owner */
  constructor(owner) {
    this.#owner = owner;
  }

  /** @param {boolean} unref */
  unref(unref) {
    this.#unref = unref;
    const id = this.#set?.id;
    attempt(() => (unref ? id.unref() : id.ref()));
  }

  get isSet() {
    return this.#set !== undefined;
  }

  /** @param {number} milliseconds - until the next attempt */
  wait(milliseconds) {
    awaitNetwork(this.#owner);
    this.#start(milliseconds, () => {
      this.clear();
      this.#owner.elapsed();
    });
  }

  /**
   * Until a time-out may have passed, if there is one.
   *
   * @param {number} handle - of the connection in the core
   */
  watch(handle) {
    const milliseconds = hostCore.machine.deadline(handle, clock(), wallClock());
    if (milliseconds < 0) {
      this.clear();
      return;
    }
    this.#start(milliseconds, (isLatest) => {
      // Where scripts held everything up, or the machine slept, bytes may be there that nobody has been told of.
      queueTask(() => isLatest() && this.#owner.elapsed());
    });
  }

  /**
   * A page that goes away hears of failures before `pagehide` in WebKit: docs/decisions/0050-pages-that-go-away.md
   *
   * @param {() => void} tell - of a failure
   */
  holdBack(tell) {
    // Test environments have documents that go nowhere, and timers that do not pass; but no CORS, or not even Requests.
    if (fromHost('document') && fromHost('Request') && enforcesCors()) this.#start(FAREWELL, tell);
    else tell();
  }

  /**
   * @param {number} milliseconds
   * @param {(isLatest: () => boolean) => void} callback
   */
  #start(milliseconds, callback) {
    attempt(() => clearTimeout(this.#set?.id));
    /** @type {{id?: any}} */
    const set = {};
    this.#set = set;
    // Not every timer can be cleared.
    const isLatest = () => this.#set === set;
    try {
      set.id = setTimeout(() => isLatest() && callback(isLatest), milliseconds);
    } catch (error) {
      this.#owner.elapsed(error);
    }
    if (this.#unref) this.unref(true);
  }

  clear() {
    const set = this.#set;
    if (!set) return;
    stopAwaiting(this.#owner);
    attempt(() => clearTimeout(set.id));
    this.#set = undefined;
  }
}
