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
