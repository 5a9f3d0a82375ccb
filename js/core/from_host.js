// What is taken from a host may be missing, and may be there and not work: some throw at a look at a name that they do
// not support, others when it is called or constructed. So it is tried, and there is a way out.

/**
 * @template Result
 * @param {() => Result} action
 * @returns {Result | undefined} nothing where it throws
 */
export function attempt(action) {
  try {
    return action();
  } catch {
    return undefined;
  }
}

/**
 * Nothing is thrown in a host that lacks the name: the first exception takes Chromium 2.6 ms.
 *
 * @param {string} name
 * @param {string} [attribute] - of what has that name
 * @returns {any} undefined where the host lacks it, or does not let us look
 */
export function fromHost(name, attribute) {
  return attempt(() => {
    const value = /** @type {any} */ (globalThis)[name];
    return attribute ? value?.[attribute] : value;
  });
}
