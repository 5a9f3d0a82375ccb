/** Chromium, driven by puppeteer, as a place to subscribe from. */
import puppeteer from 'puppeteer-core';
import { Subscriber, TYPES } from './subscriber.js';
import { until } from './until.js';

/** As root and without any traffic of its own. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
];

/** Milliseconds: a machine that starts several browsers at once is slow. */
const START = 60_000;

/** Milliseconds that it is given to end by itself. */
const FAREWELL = 5000;

/**
 * @param {import('puppeteer-core').LaunchOptions} [options]
 * @param {string} [executablePath]
 * @returns {Promise<import('puppeteer-core').Browser>} To be closed by closeChromium().
 */
export async function launchChromium(options = {}, executablePath = '/usr/bin/chromium') {
  try {
    return await puppeteer.launch({ executablePath, args: FLAGS, timeout: START, ...options });
  } catch (error) {
    throw new Error(
      `${executablePath} does not start; please install it (Debian: apt-get install chromium)`,
      { cause: error },
    );
  }
}

/** @param {import('puppeteer-core').Browser} browser */
export async function closeChromium(browser) {
  const pid = browser.process()?.pid;
  // Puppeteer makes it the leader of a process group.
  const timer = setTimeout(() => pid && process.kill(-pid, 'SIGKILL'), FAREWELL);
  await browser.close().catch(() => {});
  clearTimeout(timer);
}

/**
 * @param {string} origin Of startHttpsServer().
 * @param {string} [executablePath]
 */
export async function openChromium(origin, executablePath) {
  const browser = await launchChromium({ acceptInsecureCerts: true }, executablePath);
  /** @type {string[]} */
  const complaints = [];
  const page = await browser.newPage();
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(`${origin}/page`);
  await until(
    () => page.evaluate("'interop' in globalThis"),
    'the page ran its script',
    () => complaints,
  );
  /**
   * @param {string} name
   * @param {...unknown} args
   * @returns {Promise<any>}
   */
  const call = (name, ...args) =>
    page.evaluate(`interop.${name}(${args.map((each) => JSON.stringify(each)).join(', ')})`);

  return {
    /**
     * @param {string} url
     * @returns {Promise<Subscriber>}
     */
    async subscribe(url) {
      const index = await call('open', url, TYPES);
      return new Subscriber(
        () => call('seen', index),
        () => call('close', index),
      );
    },
    /** Closes all that subscribe() opened: for `afterEach`. */
    closeAll: () => call('closeAll'),
    /** @returns {Promise<Record<string, string>>} Which protocol each resource of the page came by. */
    protocols: () =>
      /** @type {any} */ (
        page.evaluate(`Object.fromEntries(
          [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
            .map(({ name, nextHopProtocol }) => [new URL(name).pathname, nextHopProtocol]))`)
      ),
    close: () => closeChromium(browser),
  };
}
