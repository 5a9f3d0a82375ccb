// What happens to a page, or to its network, and concerns every connection in it.
// https://html.spec.whatwg.org/#event-pagehide, https://html.spec.whatwg.org/#event-online
import { attempt, fromHost } from '../core/from_host.js';
import { weakly } from '../core/weakly.js';

/**
 * @typedef {object} Connected
 * @property {() => void} suspend - the page is put into the back/forward cache
 * @property {() => void} resume - it is back
 * @property {(forced: boolean) => void} reconnect - not forced: the network is back
 */
/** @typedef {import('../core/handle.js').Handle} Handle */

/** @type {Map<Handle, {deref(): Connected | undefined}>} those that are not closed; they may be dropped all the same */
const living = new Map();

/** @type {FinalizationRegistry<Handle> | undefined} made when it is needed, as making one takes time while loading */
let dropped;

/** @type {Set<Connected>} those that wait, which their timers keep alive anyway */
const waiting = new Set();

/** @type {Set<string>} the types of events that are listened for */
const heard = new Set();

/**
 * @param {string} type
 * @param {(event: any) => void} listener
 */
function hear(type, listener) {
  if (heard.has(type)) return;
  heard.add(type);
  attempt(() => globalThis.addEventListener(type, listener));
}

/** @param {(connection: Connected) => void} action - for each that is alive */
function forEachLiving(action) {
  for (const reference of [...living.values()]) {
    const connection = reference.deref();
    if (connection) action(connection);
  }
}

/**
 * @param {Handle} handle
 * @param {Connected} connection - which begins
 */
export function enterPage(handle, connection) {
  // Only documents are put away.
  if (!fromHost('document')) return;
  hear('pagehide', ({ persisted }) => {
    if (persisted) forEachLiving((each) => each.suspend());
  });
  hear('pageshow', ({ persisted }) => {
    if (persisted) forEachLiving((each) => each.resume());
  });
  living.set(handle, weakly(connection));
  dropped ??= attempt(() => new FinalizationRegistry(leavePage));
  dropped?.register(connection, handle);
}

/** @param {Handle} handle - that is destroyed */
export function leavePage(handle) {
  living.delete(handle);
}

/** @param {Connected} connection - which waits until it reconnects */
export function awaitNetwork(connection) {
  hear('online', () => {
    for (const each of [...waiting]) each.reconnect(false);
  });
  waiting.add(connection);
}

/** @param {Connected} connection - which does not wait any more */
export function stopAwaiting(connection) {
  waiting.delete(connection);
}
