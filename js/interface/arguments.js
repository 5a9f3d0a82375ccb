// What WebIDL has first of all: https://webidl.spec.whatwg.org/#dfn-overload-resolution-algorithm

/**
 * @param {string} name - of what was called
 * @param {IArguments} given
 * @param {number} count
 * @throws {TypeError} when there are less
 */
export function requireArguments(name, given, count) {
  if (given.length < count) throw new TypeError(`${name}: too few arguments, ${count} needed.`);
}

/**
 * @param {any} value - of a dictionary or a callback
 * @param {string} name
 * @returns {any} it; an empty object where there is none
 * @throws {TypeError} when it is something else
 */
export function requireObject(value, name) {
  const object = value ?? {};
  if (Object(object) === object) return object;
  throw new TypeError(`EventSource: the ${name} must be an object or a function.`);
}
