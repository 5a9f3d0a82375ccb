// What may be the body of a request: https://fetch.spec.whatwg.org/#bodyinit
import { attempt } from '../core/from_host.js';
import { getterOf } from '../core/typed_array.js';

/**
 * Another realm's are known by their tag, those of React Native, which have none, by their class. Of a class that the host
 * makes when it is first asked for, somebody has to have asked; and Node without WebAssembly fails at it.
 */
const CLASSES = ['ArrayBuffer', 'Blob', 'File', 'FormData', 'URLSearchParams'];

/** @param {any} value */
export function isStream(value) {
  return typeof value?.getReader === 'function';
}

/**
 * @param {any} value
 * @returns {boolean} whether it can be sent, as often as one likes
 */
export function isBody(value) {
  const tag = Object.prototype.toString.call(value);
  return (
    typeof value === 'string' ||
    ArrayBuffer.isView(value) ||
    CLASSES.some(
      (name) =>
        tag === `[object ${name}]` ||
        attempt(
          () =>
            !getterOf(globalThis, name) && value instanceof /** @type {any} */ (globalThis)[name],
        ),
    )
  );
}
