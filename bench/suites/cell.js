/**
 * What an implementation is asked to do in every round, in one runtime.
 *
 * @typedef {object} Cell
 * @property {string} label for the progress line
 * @property {string} group cells of one group are run one after the other, in another order each round
 * @property {() => Promise<void>} [prepare]
 * @property {(session: import('../runtimes/process.js').Session, round: number) => any} run gives the result
 * @property {(result: any, record: Record) => void} collect
 * @property {string} suite
 * @property {string[]} rows that it gives outcomes for
 * @property {string} name of the implementation
 *
 * @typedef {{values: {[metric: string]: number}} | {wrong: string} | {unavailable: string}} Outcome
 *
 * @typedef {(row: string, outcome: Outcome) => void} Record
 *
 * @typedef {object} Plan what the command line asks for
 * @property {boolean} quick
 * @property {number} rounds
 * @property {string[]} runtimes
 * @property {string[]} workloads names of streams, of shapes and of suites; none stands for all
 *
 * @typedef {object} Bench what all suites are given
 * @property {Plan} plan
 * @property {import('../tools/server.js').StreamServer} server
 */

/**
 * @param {Plan} plan
 * @param {string} suite
 * @param {string} row
 */
export const wanted = ({ workloads }, suite, row) =>
  workloads.length === 0 || workloads.includes(suite) || workloads.includes(row);
