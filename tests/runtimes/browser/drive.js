/**
 * What the browsers' drivers share: serving the suite, opening it in one context, and giving up in time.
 */
import { startServer } from '../../support/server.js';
import { capabilitiesOfEntry } from '../capabilities.js';
import { browserFiles, pagePath } from './files.js';
import { isOurs } from './implementations.js';
import { XHR_TRAITS } from './xhr_traits.js';

/** Milliseconds. A hanging browser shall not hang the run. */
export const LONGEST = 150_000;

/** What every browser has beyond the globals of its realms. */
export const BROWSER_CAPABILITIES = ['cookies', 'cors', 'http-cache', 'uncaught-hook'];

/**
 * @typedef {object} BrowserOptions
 * @property {string} [context] One of the driver's contexts.
 * @property {import('./implementations.js').Implementation} [implementation]
 * @property {string | null} [filter]
 * @property {number} [concurrency]
 *
 * @typedef {object} Browser
 * @property {string} name
 * @property {string[]} contexts
 * @property {string[]} [capabilities] What its transport and its realms have; those that show in the
 *   globals need not be named.
 * @property {Record<string, string>} [traits] Behaviours that cannot hold in this engine with what a
 *   script is given there, by id, each with the reason. For the engine's own EventSource they count.
 * @property {Record<string, string>} [xhrTraits] The same for its XMLHttpRequest.
 * @property {(url: string, title: string) => Promise<import('../run_suite.js').Result[]>} open Opens a
 *   page in a new browser, gives back what the suite found, and leaves nothing running.
 *
 * @typedef {{results?: import('../run_suite.js').Result[], failure?: string}} Answer
 */

/**
 * @template T
 * @param {Promise<T>} promise
 * @param {string} what
 * @param {number} [milliseconds]
 * @returns {Promise<T>}
 */
export function inTime(promise, what, milliseconds = LONGEST) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`${what}: not over after ${milliseconds} ms`)),
      milliseconds,
    );
  });
  return /** @type {Promise<T>} */ (Promise.race([promise, late])).finally(() =>
    clearTimeout(timer),
  );
}

/**
 * @param {import('./implementations.js').Implementation} implementation
 * @param {string} context
 * @returns {string[]}
 */
function ownCapabilities(implementation, context) {
  if (!isOurs(implementation)) return [];
  const entry = implementation === 'js' ? 'js/entries/js.js' : 'js/entries/index.js';
  return capabilitiesOfEntry(entry, context !== 'page-strict-csp');
}

/**
 * @param {import('../run_suite.js').Result[]} results
 * @param {Record<string, string>} traits
 * @param {boolean} ours
 * @returns {import('../run_suite.js').Result[]} A trait that is gone fails for ours, so that its skip
 *   goes, too.
 */
export function withTraits(results, traits, ours) {
  return results.map((result) => {
    const { error, ...rest } = result;
    const reason = traits[result.id];
    if (!reason || result.status === 'skipped') return result;
    if (result.status === 'failed') return { ...rest, status: 'skipped', reason };
    if (!ours) return result;
    return { ...rest, status: 'failed', error: `it holds now; take away its skip: ${reason}` };
  });
}

/** @param {Answer} answer What a page leaves at `suiteResults`. */
export function resultsIn({ results, failure }) {
  if (!results) throw new Error(failure ?? 'the page gave no results');
  return results;
}

/**
 * @param {Browser} browser
 * @param {BrowserOptions} options
 */
export async function runInBrowser(
  {
    name,
    contexts,
    capabilities = BROWSER_CAPABILITIES,
    traits = {},
    xhrTraits = XHR_TRAITS,
    open,
  },
  { context = 'page', implementation = 'ours', filter = null, concurrency = 8 },
) {
  if (!contexts.includes(context)) {
    throw new Error(`no context "${context}": there are ${contexts.join(', ')}`);
  }
  const server = await startServer({
    files: await browserFiles(implementation, context.endsWith('-classic')),
  });
  try {
    const title = `${name}:${context}`;
    const path = pagePath(context, {
      name: title,
      base: server.origin,
      crossBase: server.crossOrigin,
      controlBase: server.controlOrigin,
      capabilities: [...capabilities, ...ownCapabilities(implementation, context)],
      filter,
      concurrency,
    });
    const results = await open(`${server.origin}${path}`, title);
    return implementation === 'native'
      ? results
      : withTraits(results, implementation === 'xhr' ? xhrTraits : traits, isOurs(implementation));
  } finally {
    await server.close();
  }
}
