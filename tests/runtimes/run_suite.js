/** Runs the suite on one EventSource class in the realm it is called in, and says what came out. */
import { CAPABILITIES } from './capabilities.js';
import { behaviours as all } from './suite.js';
import { Toolkit, sleep } from './toolkit.js';

/**
 * @typedef {object} Behaviour
 * @property {string} id
 * @property {string} section
 * @property {string} title
 * @property {import('./capabilities.js').Capability[]} [needs]
 * @property {number} [timeout] Milliseconds.
 * @property {string} [nativeMayFail] Why browsers' own EventSource differs from the project's design.
 * @property {string} [beyond] What the standard says in place of this: the behaviour is the project's own
 *   promise, and no other implementation is wrong without it.
 * @property {(t: Toolkit) => void | Promise<void>} run
 *
 * @typedef {object} Result
 * @property {string} id
 * @property {string} section
 * @property {string} title
 * @property {'passed' | 'failed' | 'skipped'} status
 * @property {string} [reason] Why it was skipped.
 * @property {string} [error] What failed.
 * @property {string} [nativeMayFail]
 * @property {string} [beyond]
 * @property {number} ms
 */

const TIMEOUT = 8000;

/**
 * @param {unknown} error
 * @returns {string}
 */
function words(error) {
  if (typeof error !== 'object' || error === null) return String(error);
  const { name, message, stack } = /** @type {Error} */ (error);
  const where = String(stack ?? '')
    .split('\n')
    .filter((line) => line.includes('behaviours/'))
    .slice(0, 2)
    .join('\n');
  return `${name}: ${message}${where ? `\n${where}` : ''}`;
}

/**
 * @param {Behaviour} behaviour
 * @param {Toolkit} toolkit
 */
async function withinTime(behaviour, toolkit) {
  const milliseconds = behaviour.timeout ?? TIMEOUT;
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not over after ${milliseconds} ms`)), milliseconds);
  });
  try {
    await Promise.race([(async () => behaviour.run(toolkit))(), late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * @param {Behaviour} behaviour
 * @param {{EventSource: any, base: string, crossBase: string,
 *   environment: import('./toolkit.js').Environment}} context
 * @returns {Promise<Result>}
 */
async function runOne(behaviour, context) {
  const { id, section, title, nativeMayFail, beyond } = behaviour;
  const about = {
    id,
    section,
    title,
    ...(nativeMayFail ? { nativeMayFail } : {}),
    ...(beyond ? { beyond } : {}),
  };
  const lacking = behaviour.needs?.find((need) => !context.environment.capabilities.includes(need));
  if (lacking) return { ...about, status: 'skipped', reason: CAPABILITIES[lacking], ms: 0 };

  const toolkit = new Toolkit(context, id);
  const started = Date.now();
  try {
    await withinTime(behaviour, toolkit);
    return { ...about, status: 'passed', ms: Date.now() - started };
  } catch (error) {
    return { ...about, status: 'failed', error: words(error), ms: Date.now() - started };
  } finally {
    toolkit.finish();
  }
}

/**
 * @param {{EventSource: any, base: string, crossBase: string,
 *   environment: import('./toolkit.js').Environment, filter?: string | null, concurrency?: number}}
 *   options `filter` is part of an id or of a section's name, or several of them with commas between.
 * @returns {Promise<Result[]>} In the order of the suite.
 */
export async function runSuite({ filter = null, concurrency = 8, ...context }) {
  const parts = filter?.split(',') ?? [''];
  const chosen = all.filter(({ id, section }) =>
    parts.some((part) => id.includes(part) || section.includes(part)),
  );
  /** @type {string[]} */
  const strays = [];
  // One hook for the whole run, which asks the behaviours whose error it is: what nobody claims counts
  // against the run.
  const hooks = new Set();
  const stop = context.environment.onUncaught?.((error) => {
    let claimed = false;
    for (const hook of hooks) claimed = hook(error) || claimed;
    if (!claimed) strays.push(words(error));
    return claimed;
  });
  const environment = {
    ...context.environment,
    onUncaught: context.environment.onUncaught
      ? (/** @type {(error: unknown) => boolean} */ hook) => {
          hooks.add(hook);
          return () => hooks.delete(hook);
        }
      : undefined,
  };

  /** @type {Result[]} */
  const results = [];
  // Long ones first, so that the run does not end with one lane waiting for a timer.
  const queue = chosen
    .map((behaviour, index) => ({ behaviour, index }))
    .sort((a, b) => (b.behaviour.timeout ?? 0) - (a.behaviour.timeout ?? 0));
  const lane = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      results[next.index] = await runOne(next.behaviour, { ...context, environment });
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));

  if (stop) {
    await sleep(600);
    stop();
    results.push({
      id: 'run.nothing-uncaught',
      section: 'The whole run',
      title: 'no error and no rejection was left uncaught but those that behaviours provoked',
      status: strays.length === 0 ? 'passed' : 'failed',
      ...(strays.length === 0 ? {} : { error: strays.slice(0, 10).join('\n') }),
      ms: 0,
    });
  }
  return results;
}
