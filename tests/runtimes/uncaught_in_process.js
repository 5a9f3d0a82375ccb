/** Notice of errors that nobody caught, unhandled rejections included, in Node, Deno and Bun. */
import process from 'node:process';

/**
 * @param {(error: unknown) => boolean} listener Says whether the error was its own.
 * @returns {() => void} Takes the listener away.
 */
export function onUncaughtInProcess(listener) {
  process.on('uncaughtException', listener);
  process.on('unhandledRejection', listener);
  return () => {
    process.off('uncaughtException', listener);
    process.off('unhandledRejection', listener);
  };
}
