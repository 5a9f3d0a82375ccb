// What a user's shouldRetry() says of a failure, as the machine takes it.
import { mismatch } from './shown.js';

const GIVE_UP = -1;
const RETRY = -2;
/** What timers hold. */
const LONGEST = 0x7fffffff;

/**
 * Calls back at once, unless shouldRetry() gives a promise.
 *
 * @param {(failure: any) => unknown} shouldRetry
 * @param {object} failure
 * @param {(verdict: number | undefined) => void} decide - undefined leaves it to the option `retry`, as does an exception
 * @param {(error: unknown) => void} thrown - is told of that
 */
export function askUser(shouldRetry, failure, decide, thrown) {
  const leave = (/** @type {unknown} */ error) => {
    thrown(error);
    decide(undefined);
  };
  const take = (/** @type {any} */ answer) => {
    if (answer === undefined) {
      decide(answer);
    } else if (typeof answer === 'boolean') {
      decide(answer ? RETRY : GIVE_UP);
    } else if (typeof answer === 'number' && answer >= 0) {
      decide(Math.min(answer, LONGEST));
    } else {
      const rule = 'shouldRetry() must give a boolean, milliseconds or undefined';
      leave(new TypeError(mismatch(rule, answer)));
    }
  };
  /** @type {any} */
  let answer;
  try {
    answer = shouldRetry(failure);
    if (typeof answer?.then === 'function') {
      Promise.resolve(answer).then(take, leave);
      return;
    }
  } catch (error) {
    leave(error);
    return;
  }
  take(answer);
}
