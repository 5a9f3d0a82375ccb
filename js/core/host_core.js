// The core of this realm: the entry gives it before anyone can construct an EventSource.

/** @type {import('./core.js').Core} */
export let hostCore;

/** @param {import('./core.js').Core} core */
export function provideCore(core) {
  hostCore = core;
}
