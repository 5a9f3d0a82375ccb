// A task of its own, for what must find the microtask queue empty. The host's functions are taken when
// the module loads: what a test puts in their place later is not meant for us.

const host = /** @type {any} */ (globalThis);

/**
 * Deno makes all its timers when one is first touched, which takes 5 to 15 ms. Its getter gives its own ever after;
 * those of other hosts may put it in the place of what somebody else has put there.
 */
const lazyImmediate = 'Deno' in host && Object.getOwnPropertyDescriptor(host, 'setImmediate')?.get;
const { setImmediate, setTimeout } = lazyImmediate ? {} : host;
// Node makes it when it is first touched, which takes a while.
const MessageChannel = setImmediate ? undefined : host.MessageChannel;

/** @returns {(callback: () => void) => unknown} */
function chooseQueue() {
  const immediate = lazyImmediate ? lazyImmediate.call(host) : setImmediate;
  if (typeof immediate === 'function') return immediate;
  if (typeof MessageChannel !== 'function') {
    return (callback) => (setTimeout ?? host.setTimeout)(callback, 0);
  }
  // Unlike timers, messages are not slowed down when they follow one another.
  const { port1, port2 } = new MessageChannel();
  /** @type {(() => void)[]} */
  const callbacks = [];
  port1.onmessage = () => {
    callbacks.shift()?.();
    if (callbacks.length > 0) return;
    // An open port keeps some hosts alive: the next burst gets one of its own.
    port1.close();
    queue = undefined;
  };
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
