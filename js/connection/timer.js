// The one timer of a connection: of a wait, or of a time-out.
import { attempt } from '../core/from_host.js';

export class Timer {
  /** @type {{id?: any} | undefined} the one that is set */
  #set;
  #unref;

  /** @param {unknown} unref - whether the process may end before it has passed, where timers can do so */
  constructor(unref) {
    this.#unref = unref;
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

  /**
   * @param {number} milliseconds
   * @param {(isLatest: () => boolean) => void} callback - told how to find out later whether the timer was set anew, or
   *   cleared
   * @throws {any} whatever a host without timers throws
   */
  set(milliseconds, callback) {
    this.clear();
    /** @type {{id?: any}} */
    const set = {};
    this.#set = set;
    // Not every timer can be cleared.
    const isLatest = () => this.#set === set;
    set.id = setTimeout(() => isLatest() && callback(isLatest), milliseconds);
    if (this.#unref) this.unref(true);
  }

  clear() {
    const set = this.#set;
    this.#set = undefined;
    if (set) attempt(() => clearTimeout(set.id));
  }
}
