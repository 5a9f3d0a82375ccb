// How Node, Deno and Bun print our objects. Otherwise the function of the
// host's class is inherited, which throws for objects that the host has not made: https://nodejs.org/api/util.html#utilinspectcustom
import { define } from './define.js';

/**
 * @param {object} prototype
 * @param {string} name - of the interface
 * @param {string[]} attributes - to print
 */
export function defineInspection(prototype, name, attributes) {
  const value = /** @type {(this: any, ...args: any[]) => string} */ (
    function (...args) {
      // The hosts do not agree on the order of what they give; one of them is their inspect function.
      const inspect = args.find((argument) => typeof argument === 'function');
      /** @type {Record<string, unknown>} */
      const shown = {};
      for (const key of this === prototype || !inspect ? [] : attributes) {
        const attribute = this[key];
        if (attribute !== undefined) shown[key] = attribute;
      }
      return `${name} ${inspect ? inspect(shown) : '{}'}`;
    }
  );
  for (const symbol of ['nodejs.util.inspect.custom', 'Deno.customInspect']) {
    define(prototype, Symbol.for(symbol), value, true);
  }
}
