// What a listener throws goes where the host's own uncaught exceptions go, and stops nobody.
// https://html.spec.whatwg.org/multipage/webappapis.html#report-the-exception

/** @param {unknown} error */
export function reportException(error) {
  if (typeof reportError === 'function') {
    reportError(error);
  } else if (typeof setTimeout === 'function') {
    setTimeout(() => {
      throw error;
    }, 0);
  } else {
    globalThis.console?.error(error);
  }
}
