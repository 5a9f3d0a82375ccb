// Angular's zone.js: a listener runs in the zone in which it was added, as a task of that zone, which is how Angular
// learns that there may be something to show. zone.js does so for the host's EventTarget, but not for what is dispatched
// here (docs/decisions/0025-zones.md). https://angular.dev/guide/zone
import { fromHost } from '../core/from_host.js';

/** @typedef {{invoke: (this: unknown, event: Event) => unknown, zone: {cancelTask(task: Task): void}}} Task */

/** @type {WeakMap<object, Task>} */
const tasks = new WeakMap();

const doNothing = () => {};

/**
 * @param {{type: string}} listener
 * @param {(event: Event) => unknown} call - what it does
 * @returns {boolean} whether there is a zone to keep
 */
export function keepZone(listener, call) {
  const current = fromHost('Zone', 'current');
  if (!current?.scheduleEventTask) return false;
  const source = `EventSource.addEventListener:${listener.type}`;
  tasks.set(listener, current.scheduleEventTask(source, call, undefined, doNothing, doNothing));
  return true;
}

/**
 * @param {object} listener - that has kept one
 * @param {EventTarget} target
 * @param {Event} event
 */
export function callInZone(listener, target, event) {
  tasks.get(listener)?.invoke.call(target, event);
}

/** @param {object} listener - that is removed */
export function leaveZone(listener) {
  const task = tasks.get(listener);
  task?.zone.cancelTask(task);
}

/**
 * What is done here is no work of the current zone: others may wait until a zone has no work left.
 *
 * @template Result
 * @param {() => Result} action
 * @returns {Result}
 */
export function outsideZones(action) {
  const root = fromHost('Zone', 'root');
  return root?.run ? root.run(action) : action();
}
