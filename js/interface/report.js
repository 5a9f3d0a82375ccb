// What a listener throws goes where the host's own uncaught exceptions go, and stops nobody.
// https://html.spec.whatwg.org/multipage/webappapis.html#report-the-exception

/** @param {unknown} error */
export function reportException(error) {
  if (typeof reportError === 'function') {
    try {
      reportError(error);
      return;
    } catch {
      // One of somebody else's making. The stream goes on all the same.
    }
  }
  if (typeof setTimeout === 'function') {
    setTimeout(() => {
      throw error;
    }, 0);
  } else {
    globalThis.console?.error(error);
  }
}
