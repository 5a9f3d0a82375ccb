/** Assertions without a framework: they throw, and say what was expected in the reader's words. */

/** @param {unknown} value */
export function show(value) {
  if (typeof value === 'string') return JSON.stringify(value).slice(0, 300);
  if (typeof value === 'function') return `[function ${value.name}]`;
  if (typeof value === 'object' && value !== null) {
    try {
      return JSON.stringify(value).slice(0, 600);
    } catch {
      return Object.prototype.toString.call(value);
    }
  }
  return String(value);
}

/**
 * @param {string} message
 * @returns {never}
 */
export function fail(message) {
  throw new Error(message);
}

/**
 * @param {unknown} value
 * @param {string} what
 */
export function ok(value, what) {
  if (!value) fail(`${what}: got ${show(value)}`);
}

/**
 * @param {unknown} actual
 * @param {unknown} expected
 * @param {string} what
 */
export function equal(actual, expected, what) {
  if (!Object.is(actual, expected)) {
    fail(`${what}: expected ${show(expected)}, got ${show(actual)}`);
  }
}

/**
 * @param {unknown} a
 * @param {unknown} b
 * @returns {boolean}
 */
function alike(a, b) {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const left = Object.keys(a);
  if (left.length !== Object.keys(b).length) return false;
  return left.every(
    (key) => key in b && alike(Reflect.get(a, key), Reflect.get(/** @type {object} */ (b), key)),
  );
}

/**
 * Compares plain arrays and objects by their contents.
 *
 * @param {unknown} actual
 * @param {unknown} expected
 * @param {string} what
 */
export function same(actual, expected, what) {
  if (!alike(actual, expected)) fail(`${what}: expected ${show(expected)}, got ${show(actual)}`);
}

/**
 * @param {() => unknown} action
 * @param {string | ((error: any) => boolean)} expected The error's `name`, or a check.
 * @param {string} what
 * @returns {any} The error.
 */
export function throws(action, expected, what) {
  /** @type {any} */
  let error;
  try {
    action();
  } catch (thrown) {
    error = thrown;
    const matches = typeof expected === 'string' ? error?.name === expected : expected(error);
    if (!matches) {
      fail(
        `${what}: expected ${typeof expected === 'string' ? expected : 'another error'}, got ${error?.name}: ${error?.message}`,
      );
    }
    return error;
  }
  return fail(`${what}: nothing was thrown`);
}
