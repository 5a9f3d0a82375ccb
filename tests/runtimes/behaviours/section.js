/**
 * @typedef {import('../run_suite.js').Behaviour} Behaviour
 * @typedef {Omit<Behaviour, 'section'>} Described
 */

/**
 * @param {string} section The title in the report.
 * @param {Described[]} described
 * @returns {Behaviour[]}
 */
export function inSection(section, described) {
  return described.map((behaviour) => ({ ...behaviour, section }));
}
