/** Runs the suite in Debian's Firefox ESR: in a page, and in every kind of worker. */
import { runInBrowser } from './browser/drive.js';
import { CONTEXTS } from './browser/files.js';
import { withPuppeteer } from './browser/puppeteer.js';

/** Without any traffic of its own, beyond what puppeteer's profile already silences. */
export const PREFERENCES = {
  // Of hanging streams a context holds more than six: they would keep each other waiting.
  'network.http.max-persistent-connections-per-server': 64,
  // Below fetch(), Firefox repeats a request ten times whose connection breaks without an answer. Scripts
  // see one failure, but behaviours count requests at the server.
  'network.http.request.max-attempts': 1,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
};

const HEADERS_ALONE =
  'Firefox tells of a response with the first byte of its body, not with its headers: fetch() and its own EventSource alike';

const ABORT_AFTER_REDIRECT =
  "Firefox's fetch() lets go of a request that was aborted after a redirect only when it is answered, as a fetch() with an AbortController alone shows; its own EventSource does so at once";

/** @type {Record<string, string>} */
const TRAITS = {
  'response.open-before-messages': HEADERS_ALONE,
  'response.stalled-body': HEADERS_ALONE,
  'close.cancels-a-stalled-body': HEADERS_ALONE,
  'close.during-redirect': ABORT_AFTER_REDIRECT,
};

/**
 * @param {import('./browser/drive.js').BrowserOptions & {executablePath?: string}} [options]
 * @returns {Promise<import('./run_suite.js').Result[]>}
 */
export function runInFirefox({ executablePath = '/usr/bin/firefox-esr', ...options } = {}) {
  const open = withPuppeteer({
    browser: 'firefox',
    executablePath,
    extraPrefsFirefox: PREFERENCES,
  });
  return runInBrowser({ name: 'firefox', contexts: CONTEXTS, traits: TRAITS, open }, options);
}
