/**
 * Notice of errors that nobody caught, unhandled rejections included, where they are events of the global
 * object: pages and workers.
 *
 * @param {(error: unknown) => boolean} listener Says whether the error was its own.
 * @returns {() => void} Takes the listener away.
 */
export function onUncaughtInRealm(listener) {
  const failed = (/** @type {any} */ event) => {
    // Prevented: an error that a behaviour provoked shall not reach the page that started a worker.
    // What an engine hides comes without the error.
    const error = 'reason' in event ? event.reason : (event.error ?? event.message);
    if (listener(error)) event.preventDefault();
  };
  globalThis.addEventListener('error', failed);
  globalThis.addEventListener('unhandledrejection', failed);
  return () => {
    globalThis.removeEventListener('error', failed);
    globalThis.removeEventListener('unhandledrejection', failed);
  };
}
