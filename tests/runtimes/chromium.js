/** Runs the suite in Debian's Chromium: in a page, and in every kind of worker. */
import { runInBrowser } from './browser/drive.js';
import { CONTEXTS } from './browser/files.js';
import { withPuppeteer } from './browser/puppeteer.js';

/** As root and without any traffic of its own. */
export const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
];

/**
 * @param {import('./browser/drive.js').BrowserOptions & {executablePath?: string}} [options]
 * @returns {Promise<import('./run_suite.js').Result[]>}
 */
export function runInChromium({ executablePath = '/usr/bin/chromium', ...options } = {}) {
  const open = withPuppeteer({ executablePath, args: FLAGS });
  return runInBrowser({ name: 'chromium', contexts: CONTEXTS, open }, options);
}
