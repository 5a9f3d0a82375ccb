// The event listener list and "inner invoke" of the DOM Standard, word by word, for one target without a path:
// https://dom.spec.whatwg.org/#interface-eventtarget

/** @typedef {{type: string, callback: any, capture: boolean, once: boolean, removed: boolean}} ModelListener */

export class ModelTarget {
  /** @type {ModelListener[]} */
  list = [];

  /**
   * @param {string} type
   * @param {any} callback
   * @param {any} [options]
   */
  addEventListener(type, callback, options = {}) {
    const { capture = false, once = false, signal } = options;
    if (signal?.aborted) return;
    if (this.list.some((each) => this.matches(each, type, callback, capture))) return;
    const listener = { type, callback, capture, once, removed: false };
    this.list.push(listener);
    signal?.addEventListener('abort', () => this.drop(listener));
  }

  /**
   * @param {string} type
   * @param {any} callback
   * @param {any} [options]
   */
  removeEventListener(type, callback, options = false) {
    const capture = typeof options === 'boolean' ? options : options.capture;
    const listener = this.list.find((each) => this.matches(each, type, callback, capture));
    if (listener) this.drop(listener);
  }

  /**
   * @param {ModelListener} each
   * @param {string} type
   * @param {any} callback
   * @param {boolean} capture
   */
  matches(each, type, callback, capture) {
    return each.type === type && each.callback === callback && each.capture === capture;
  }

  /** @param {ModelListener} listener */
  drop(listener) {
    listener.removed = true;
    this.list = this.list.filter((each) => each !== listener);
  }

  /** @param {Event} event - a wrapper of it is what the listeners get */
  dispatchEvent({ type }) {
    let stopped = false;
    let stoppedAtOnce = false;
    const event = {
      type,
      stopPropagation: () => (stopped = true),
      stopImmediatePropagation() {
        stopped = true;
        stoppedAtOnce = true;
      },
    };
    for (const capture of [true, false]) {
      if (stopped) break;
      for (const each of [...this.list]) {
        if (each.removed || each.type !== type || each.capture !== capture) continue;
        if (each.once) this.drop(each);
        each.callback(event);
        if (stoppedAtOnce) break;
      }
    }
  }
}
