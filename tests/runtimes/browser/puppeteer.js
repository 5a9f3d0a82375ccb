/** Opens the suite in a browser that puppeteer drives. */
import puppeteer from 'puppeteer-core';
import { LONGEST, inTime, resultsIn } from './drive.js';

/** Milliseconds that a browser is given to end by itself. */
const FAREWELL = 5000;

/**
 * Waits in the page for what it leaves at `suiteResults`: on a busy machine each question to a browser in
 * which the suite is running may take many seconds.
 */
const RESULTS = `(async () => {
  const end = Date.now() + 15000;
  while (!('suiteResults' in globalThis)) {
    if (Date.now() > end) return { failure: 'the page did not start the suite' };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return globalThis.suiteResults;
})()`;

/**
 * @param {import('puppeteer-core').Page} page
 * @param {string} url
 */
async function resultsOf(page, url) {
  /** @type {string[]} */
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('requestfailed', (request) => complaints.push(`${request.url()} did not load`));
  await page.goto(url);
  const answer = /** @type {import('./drive.js').Answer} */ (await page.evaluate(RESULTS));
  if (answer.failure) throw new Error(`${answer.failure}\n${complaints.join('\n')}`);
  return resultsIn(answer);
}

/** @param {import('puppeteer-core').Browser} browser */
async function stop(browser) {
  try {
    await inTime(browser.close(), 'closing the browser', FAREWELL);
  } catch {
    const pid = browser.process()?.pid;
    // Puppeteer makes it the leader of a process group.
    if (pid) process.kill(-pid, 'SIGKILL');
  }
}

/**
 * @param {import('puppeteer-core').LaunchOptions} launchOptions
 * @returns {import('./drive.js').Browser['open']}
 */
export function withPuppeteer(launchOptions) {
  return async (url, title) => {
    const browser = await puppeteer.launch({
      headless: true,
      protocolTimeout: LONGEST + 10_000,
      ...launchOptions,
    });
    try {
      return await inTime(resultsOf(await browser.newPage(), url), title);
    } finally {
      await stop(browser);
    }
  };
}
