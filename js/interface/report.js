// What a listener throws goes where the host's own uncaught exceptions go, and stops nobody.
// https://html.spec.whatwg.org/multipage/webappapis.html#report-the-exception
import { attempt, fromHost } from '../core/from_host.js';

/** @param {unknown} error */
export function reportException(error) {
  const rethrow = () => {
    throw error;
  };
  // Each of them may be missing, or may be replaced and throw. The stream goes on all the same.
  const ways = [
    () => reportError(error),
    () => setTimeout(rethrow, 0),
    () => fromHost('console').error(error),
  ];
  ways.some((report) =>
    attempt(() => {
      report();
      return true;
    }),
  );
}
