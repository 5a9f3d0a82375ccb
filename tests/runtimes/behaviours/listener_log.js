/** What the behaviours about listeners have in common: a stream, and a log of who was called. */

export const TWO = { chunks: ['data: 1\n\ndata: 2\n\nevent: end\ndata: .\n\n'] };

/**
 * Opens a stream of two messages, lets `prepare` add its listeners, and gives back what they logged
 * once both messages are over.
 *
 * @param {any} t
 * @param {(source: any, log: any[]) => void} prepare
 */
export async function logOf(t, prepare) {
  const source = t.open(TWO);
  /** @type {any[]} */
  const log = [];
  prepare(source, log);
  await t.next(source, 'end');
  return log;
}

/** Why Chromium's own fails behaviours about phases. */
export const NO_PHASES =
  'Chromium runs the capturing listeners of a target first only where the target is a node';
