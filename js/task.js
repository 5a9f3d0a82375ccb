// A task of its own, for what must find the microtask queue empty.

/** @returns {(callback: () => void) => unknown} */
function chooseQueue() {
  const { setImmediate, MessageChannel } = /** @type {any} */ (globalThis);
  if (typeof setImmediate === 'function') return setImmediate;
  if (typeof MessageChannel !== 'function') return (callback) => setTimeout(callback, 0);
  // Unlike timers, messages are not slowed down when they follow one another.
  const { port1, port2 } = new MessageChannel();
  /** @type {(() => void)[]} */
  const callbacks = [];
  port1.onmessage = () => callbacks.shift()?.();
  return (callback) => {
    callbacks.push(callback);
    port2.postMessage(0);
  };
}

/** @type {((callback: () => void) => unknown) | undefined} */
let queue;

/** @param {() => void} callback */
export function queueTask(callback) {
  queue ??= chooseQueue();
  queue(callback);
}
