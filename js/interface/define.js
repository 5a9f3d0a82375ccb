// Properties as WebIDL has them, which classes do not define.

/**
 * @param {object} target
 * @param {string | symbol} name
 * @param {unknown} value
 * @param {boolean} [writable]
 */
export function define(target, name, value, writable = false) {
  Reflect.defineProperty(target, name, { value, writable, configurable: true });
}
