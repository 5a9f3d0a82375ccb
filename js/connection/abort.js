// Ends a request that nobody needs any more.
import { domException } from '../core/dom_exception.js';
import { attempt } from '../core/from_host.js';

/** @type {DOMException | undefined} shared by all requests */
let abortReason;

/** @typedef {{abort(reason: unknown): void}} Abortable */

/** @param {Abortable | undefined} controller - of a request that nobody needs any more */
export function abort(controller) {
  if (!controller) return;
  // abort() would make an exception with its stack each time, which costs more than all else of closing.
  if (!abortReason) {
    abortReason = domException('No longer needed.', 'AbortError', 20);
    // V8 keeps who is on the stack, with all that they hold, until it is read.
    Reflect.get(abortReason, 'stack');
  }
  attempt(() => controller.abort(abortReason));
}
