/** Runs the suite in Debian's Firefox ESR: in a page, and in every kind of worker. */
import { runInBrowser } from './browser/drive.js';
import { CONTEXTS } from './browser/files.js';
import { withPuppeteer } from './browser/puppeteer.js';

/** Without any traffic of its own, beyond what puppeteer's profile already silences. */
const PREFERENCES = {
  // Of hanging streams a context holds more than six: they would keep each other waiting.
  'network.http.max-persistent-connections-per-server': 64,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
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
  return runInBrowser({ name: 'firefox', contexts: CONTEXTS, open }, options);
}
