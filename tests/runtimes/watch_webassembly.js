/**
 * Tells whether the parser runs as WebAssembly, which nothing else about an EventSource does: where it does not,
 * the JavaScript core takes its place and says nothing. Imported before the entry under test.
 */
const { WebAssembly } = /** @type {any} */ (globalThis);

/** The smallest module there is. */
const EMPTY = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/**
 * Whether this realm compiles bytes while scripts load: a Content Security Policy may forbid it, and some
 * hosts forbid it later.
 */
export const compilesBytes = (() => {
  try {
    return Boolean(new WebAssembly.Instance(new WebAssembly.Module(EMPTY)));
  } catch {
    return false;
  }
})();

let count = 0;

/** @returns {number} How many of the project's modules this realm has instantiated. */
export const instancesOfCore = () => count;

const Instance = WebAssembly?.Instance;
if (Instance) {
  WebAssembly.Instance = class extends Instance {
    /** @param {unknown[]} args */
    constructor(...args) {
      super(...args);
      if ('reconnection_time' in this.exports) count += 1;
    }
  };
}
