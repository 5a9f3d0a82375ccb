/**
 * Runs the suite on an implementation that may hang, end its process or leave connections open, so that
 * every failure that remains is the implementation's own.
 */
import { behaviours } from '../suite.js';

/**
 * @typedef {import('../run_suite.js').Result} Result
 * @typedef {import('../run_suite.js').Behaviour} Behaviour
 * @typedef {import('./rows.js').Row} Row
 */

/** Browsers open six connections to one origin, and what waits for a seventh fails: fewer each time. */
const AT_A_TIME = 8;
const AGAIN_AT_A_TIME = [4, 2];

/** Any implementation has this, or it does not run at all. */
const ANYTHING = 'interface.constants-on-instance';

/** @param {Row['run']} run @param {Behaviour[]} chosen @param {number} concurrency */
async function runTogether(run, chosen, concurrency) {
  const ids = new Set(chosen.map(({ id }) => id));
  const results = await run({ filter: [...ids].join(','), concurrency });
  return results.filter(({ id }) => ids.has(id));
}

/**
 * Where a run gives no results, its halves are run, and theirs, until the behaviour is found that ends it.
 *
 * @param {Row['run']} run
 * @param {Behaviour[]} chosen
 * @param {number} concurrency
 * @returns {Promise<Result[]>}
 */
async function runWhatSurvives(run, chosen, concurrency) {
  try {
    return await runTogether(run, chosen, concurrency);
  } catch (error) {
    if (chosen.length === 1) {
      const [{ id, section, title }] = chosen;
      const words = `the run ended: ${/** @type {Error} */ (error).message}`;
      return [{ id, section, title, status: 'failed', error: words, ms: 0 }];
    }
    const middle = chosen.length >> 1;
    return [
      ...(await runWhatSurvives(run, chosen.slice(0, middle), concurrency)),
      ...(await runWhatSurvives(run, chosen.slice(middle), concurrency)),
    ];
  }
}

/** @param {Row['run']} run @returns {Promise<Result[]>} */
async function firstRun(run) {
  try {
    return await run({ concurrency: AT_A_TIME });
  } catch (error) {
    // Without a browser, say, there is nothing to look for.
    await run({ filter: ANYTHING }).catch(() => {
      throw error;
    });
    const results = [];
    for (const section of new Set(behaviours.map((behaviour) => behaviour.section))) {
      const chosen = behaviours.filter((behaviour) => behaviour.section === section);
      results.push(...(await runWhatSurvives(run, chosen, AT_A_TIME)));
    }
    return results;
  }
}

/**
 * What failed once is run again, section by section in a runtime of its own, and once more by itself if
 * that changed anything: one behaviour's forgotten sources, or a busy machine, are not another's failure.
 *
 * @param {Row['run']} run
 * @returns {Promise<Result[]>} In the order of the suite; a failure has failed every time.
 */
export async function runFairly(run) {
  const found = new Map((await firstRun(run)).map((result) => [result.id, result]));
  const failing = () => behaviours.filter(({ id }) => found.get(id)?.status === 'failed');
  for (const section of new Set(failing().map((behaviour) => behaviour.section))) {
    for (const concurrency of AGAIN_AT_A_TIME) {
      const chosen = failing().filter((behaviour) => behaviour.section === section);
      if (chosen.length === 0) break;
      for (const result of await runWhatSurvives(run, chosen, concurrency)) {
        if (result.status !== 'failed') found.set(result.id, result);
      }
      if (failing().filter((behaviour) => behaviour.section === section).length === chosen.length) {
        break;
      }
    }
  }
  return [...found.values()];
}
