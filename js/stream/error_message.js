// What an exception says, in one line for people.
import { attempt } from '../core/from_host.js';

/** Causes may go round in a circle. */
const MOST_REASONS = 8;

/**
 * @param {any} error - whatever a host or a user's fetch rejects with
 * @returns {string} its message and those of what caused it: Node's fetch() says no more than that it failed
 */
export function messageOf(error) {
  const tell = () => {
    const told = new Set([error]);
    for (const each of told) {
      for (const reason of [each?.cause].concat(each?.errors)) {
        if (typeof reason?.message === 'string' && told.size < MOST_REASONS) told.add(reason);
      }
    }
    return Array.from(told, (each) => String(each?.message ?? each))
      .filter(Boolean)
      .join(': ');
  };
  return attempt(tell) ?? 'unknown';
}
