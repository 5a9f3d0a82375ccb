// What a typed array is and has, whatever its class or a Proxy says of it: the getters are taken once, before anybody
// else can put others in their place.
export const prototype = Object.getPrototypeOf(Uint8Array.prototype);

/**
 * @param {object} owner
 * @param {string | symbol} name
 * @returns {any} the getter
 */
export const getterOf = (owner, name) => Object.getOwnPropertyDescriptor(owner, name)?.get;

/** @type {(this: unknown) => string | undefined} */
const tag = getterOf(prototype, Symbol.toStringTag);
/** @type {(this: ArrayBufferView) => number} */
const length = getterOf(prototype, 'length');

/**
 * @param {unknown} value
 * @returns {string | undefined} its class's name; undefined where it is no typed array
 */
export function typedArrayName(value) {
  // No arrow function, as the minifier joins constants, and then finds no place for a newline.
  return tag.call(value);
}

/**
 * @param {ArrayBufferView} array - a typed array
 * @returns {number} 0 where its buffer is gone
 */
export const lengthOf = (array) => length.call(array);
