/**
 * Whose EventSource a browser runs the suite on: the project's (`js`: without WebAssembly; `xhr`: over
 * XMLHttpRequest), the engine's own, or that of a peer in `../peers/`.
 *
 * @typedef {'ours' | 'js' | 'xhr' | 'native' | 'eventsource' | 'event-source-polyfill'} Implementation
 */

/**
 * @param {Implementation} implementation
 * @returns {boolean} Whether it is the project's, and so has what that adds to the standard.
 */
export function isOurs(implementation) {
  return ['ours', 'js', 'xhr'].includes(implementation);
}
