/** One tab of a browser, for what is about the page itself: going away, coming back, being stopped. */
import { setTimeout as sleep } from 'node:timers/promises';
import puppeteer from 'puppeteer-core';
import { FLAGS } from '../chromium.js';
import { PREFERENCES } from '../firefox.js';
import { CAPABILITIES, freePort, startDriver } from '../webkit.js';
import { inTime } from './drive.js';
import { openSession } from './webdriver.js';

/**
 * @typedef {object} Tab
 * @property {(url: string) => Promise<unknown>} go
 * @property {() => Promise<unknown>} back
 * @property {(expression: string) => Promise<any>} evaluate Gives a string.
 * @property {(isOffline: boolean) => Promise<unknown>} [setOffline] Where the driver can take the network away.
 */

/**
 * @template Outcome
 * @typedef {(tab: Tab) => Promise<Outcome>} Visit
 */

/** Milliseconds. */
const PATIENCE = 15_000;

/**
 * @template Outcome
 * @param {Visit<Outcome>} visit
 * @param {import('puppeteer-core').LaunchOptions} options
 */
async function withPuppeteer(visit, options) {
  const browser = await puppeteer.launch({ headless: true, ...options });
  try {
    const page = await browser.newPage();
    return await visit({
      go: (url) => page.goto(url),
      // Puppeteer does not always notice that a page came back from the cache; the log tells.
      back: () => page.goBack({ timeout: 3000 }).catch(() => {}),
      evaluate: (expression) => page.evaluate(expression),
      setOffline: (isOffline) => page.setOfflineMode(isOffline),
    });
  } finally {
    const pid = browser.process()?.pid;
    await inTime(browser.close(), 'closing the browser', 5000).catch(() => {
      if (pid) process.kill(-pid, 'SIGKILL');
    });
  }
}

/**
 * @template Outcome
 * @param {Visit<Outcome>} visit
 */
async function withWebKit(visit) {
  const port = await freePort();
  const driver = startDriver(port);
  const visited = async () => {
    const session = await openSession(`http://127.0.0.1:${port}`, CAPABILITIES, PATIENCE);
    try {
      return await visit({
        go: session.go,
        back: session.back,
        evaluate: (expression) => session.wait(`arguments[0](${expression})`),
      });
    } finally {
      await inTime(session.close(), 'closing the browser', 5000).catch(() => {});
    }
  };
  try {
    return await Promise.race([visited(), driver.ended]);
  } finally {
    await driver.stop();
  }
}

/** @type {Record<string, <Outcome>(visit: Visit<Outcome>) => Promise<Outcome>>} */
export const BROWSERS = {
  chromium: (visit) =>
    withPuppeteer(visit, {
      executablePath: '/usr/bin/chromium',
      args: FLAGS,
    }),
  firefox: (visit) =>
    withPuppeteer(visit, {
      browser: 'firefox',
      executablePath: '/usr/bin/firefox-esr',
      extraPrefsFirefox: PREFERENCES,
    }),
  webkit: withWebKit,
};

/**
 * @param {() => Promise<unknown>} predicate
 * @param {string} what
 * @param {number} [patience]
 */
export async function until(predicate, what, patience = PATIENCE) {
  const end = Date.now() + patience;
  while (!(await predicate())) {
    if (Date.now() > end) throw new Error(`waited ${patience} ms in vain until ${what}`);
    await sleep(50);
  }
}
