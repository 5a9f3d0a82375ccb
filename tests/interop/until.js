/** Milliseconds: far longer than anything here takes on a busy machine. */
const PATIENCE = 15_000;

/** Milliseconds from one look to the next. */
const PAUSE = 10;

/** @param {number} milliseconds */
export function sleep(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/**
 * @param {() => unknown} condition May be asynchronous.
 * @param {string} what In words, for the error.
 * @param {() => unknown} [found] What there was instead, for the error; may be asynchronous.
 */
export async function until(condition, what, found) {
  const end = Date.now() + PATIENCE;
  while (!(await condition())) {
    if (Date.now() > end) {
      const instead = found ? `: ${JSON.stringify(await found())}` : '';
      throw new Error(`waited ${PATIENCE} ms in vain until ${what}${instead}`);
    }
    await sleep(PAUSE);
  }
}
