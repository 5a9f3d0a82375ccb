// Ends a request that nobody needs any more.

/** @type {DOMException | undefined} shared by all requests */
let abortReason;

/** @param {AbortController | undefined} controller - of a request that nobody needs any more */
export function abort(controller) {
  // abort() would make an exception with its stack each time, which costs more than all else of closing.
  if (!abortReason && typeof DOMException === 'function') {
    abortReason = new DOMException('The EventSource needs it no longer.', 'AbortError');
    // V8 keeps who is on the stack, with all that they hold, until it is read.
    Reflect.get(abortReason, 'stack');
  }
  controller?.abort(abortReason);
}
