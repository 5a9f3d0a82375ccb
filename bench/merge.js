// Measuring part of it anew: the rows of a limited run take the place of the same rows of the last whole one.

/**
 * @typedef {import('./bench.js').Results} Results
 *
 * @typedef {object} Part what was measured since the whole run
 * @property {string} date UTC
 * @property {string[]} runtimes their titles
 * @property {string[]} workloads empty: all of them
 */

/**
 * @template {{[name: string]: any}} Tree
 * @param {Tree} whole
 * @param {Tree} part
 * @param {number} depth down to where a branch of the part replaces the other as it is
 * @returns {Tree}
 */
function grafted(whole, part, depth) {
  if (depth === 0) return part;
  const merged = { ...whole };
  for (const [name, branch] of Object.entries(part)) {
    /** @type {any} */ (merged)[name] =
      name in whole ? grafted(whole[name], branch, depth - 1) : branch;
  }
  return merged;
}

/**
 * @param {Part} later
 * @param {Part} earlier
 * @returns {boolean} whether nothing of the earlier is left
 */
function covers(later, earlier) {
  const hasAll = (/** @type {string[]} */ some, /** @type {string[]} */ all) =>
    some.every((name) => all.includes(name));
  const isWhole = later.workloads.length === 0;
  return (
    hasAll(earlier.runtimes, later.runtimes) &&
    (isWhole || (earlier.workloads.length > 0 && hasAll(earlier.workloads, later.workloads)))
  );
}

/**
 * @param {Results} whole
 * @param {Results} part
 * @returns {Results} the whole, with what the part has measured in place of its own
 */
export function merge(whole, part) {
  const runtimes = { ...whole.runtimes };
  for (const [name, measured] of Object.entries(part.runtimes)) {
    const before = runtimes[name];
    // By suite and row: implementations are compared within one run.
    runtimes[name] =
      before && 'suites' in before && 'suites' in measured
        ? { ...measured, suites: grafted(before.suites, measured.suites, 2) }
        : measured;
  }
  const titles = Object.values(part.runtimes).map(({ title }) => title);
  const anew = { date: part.date, runtimes: titles, workloads: part.workloads ?? [] };
  return {
    ...whole,
    runtimes,
    ...(part.sizes ? { sizes: part.sizes } : {}),
    parts: [...(whole.parts ?? []).filter((earlier) => !covers(anew, earlier)), anew],
  };
}
