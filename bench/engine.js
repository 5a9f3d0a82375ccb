// Runs the cells of one runtime round by round, and gathers what they give.

/** A hiccup of a browser or of the machine is not held against an implementation. */
const ATTEMPTS = 2;

/**
 * @typedef {{[metric: string]: number[]}} Samples by round
 *
 * @typedef {{samples: Samples, wrong?: string, unavailable?: string}} Gathered
 *
 * @typedef {{[suite: string]: {[row: string]: {[name: string]: Gathered}}}} RuntimeResults
 */

/**
 * @template T
 * @param {T[]} list
 * @param {number} by
 */
const rotated = (list, by) => [...list.slice(by % list.length), ...list.slice(0, by % list.length)];

/**
 * The groups in their order, and within each the implementations one after the other, another one first
 * in every round: what disturbs the machine for a while disturbs all of them.
 *
 * @param {import('./suites/cell.js').Cell[]} cells
 * @param {number} round
 */
function order(cells, round) {
  const groups = [...new Set(cells.map((cell) => cell.group))];
  return groups.flatMap((group) =>
    rotated(
      cells.filter((cell) => cell.group === group),
      round,
    ),
  );
}

/**
 * @param {import('./suites/cell.js').Cell} cell
 * @param {import('./runtimes/process.js').Session} session
 * @param {number} round
 */
async function attempt(cell, session, round) {
  await cell.prepare?.();
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await cell.run(session, round);
    } catch (error) {
      if (attempts === ATTEMPTS) return { broken: /** @type {Error} */ (error).message };
    }
  }
}

/**
 * @param {import('./runtimes/process.js').Runtime} runtime
 * @param {import('./suites/cell.js').Cell[]} cells
 * @param {number} rounds
 * @param {import('./progress.js').Progress} progress
 * @returns {Promise<RuntimeResults>}
 */
export async function runCells(runtime, cells, rounds, progress) {
  /** @type {RuntimeResults} */
  const results = {};
  /** @param {import('./suites/cell.js').Cell} cell @param {string} row */
  const at = ({ suite, name }, row) =>
    (((results[suite] ??= {})[row] ??= {})[name] ??= { samples: {} });
  /** @param {Gathered} gathered */
  const isOut = ({ wrong, unavailable }) => Boolean(wrong ?? unavailable);

  for (let round = 0; round < rounds; round += 1) {
    const session = await runtime.open();
    try {
      for (const cell of order(cells, round)) {
        progress.begin(`${runtime.title}, round ${round + 1} of ${rounds}, ${cell.label}`);
        // Once wrong is wrong, and a stream that never ends is not waited for again.
        if (cell.rows.every((row) => isOut(at(cell, row)))) continue;
        /** @type {import('./suites/cell.js').Record} */
        const record = (row, outcome) => {
          const gathered = at(cell, row);
          if ('values' in outcome) {
            for (const [metric, value] of Object.entries(outcome.values)) {
              (gathered.samples[metric] ??= []).push(value);
            }
            return;
          }
          if ('wrong' in outcome && !gathered.wrong) {
            progress.note(`wrong: ${runtime.title}, ${row}, ${cell.name}: ${outcome.wrong}`);
          }
          Object.assign(gathered, outcome);
        };
        const result = await attempt(cell, session, round);
        if (result.broken) for (const row of cell.rows) record(row, { wrong: result.broken });
        else if (result.unavailable) for (const row of cell.rows) record(row, result);
        else cell.collect(result, record);
      }
    } finally {
      await session.close();
    }
  }
  return results;
}
