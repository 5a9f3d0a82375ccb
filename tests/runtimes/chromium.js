/** Runs the suite in Debian's Chromium: in a page, and in every kind of worker. */
import puppeteer from 'puppeteer-core';
import { startServer } from '../support/server.js';
import { CONTEXTS, browserFiles, pagePath } from './browser/files.js';

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

/** A hanging browser shall not hang the run. */
const LONGEST = 150_000;

/**
 * @template T
 * @param {Promise<T>} promise
 * @param {string} what
 * @returns {Promise<T>}
 */
function inTime(promise, what) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: not over after ${LONGEST} ms`)), LONGEST);
  });
  return /** @type {Promise<T>} */ (Promise.race([promise, late])).finally(() =>
    clearTimeout(timer),
  );
}

/**
 * @param {import('puppeteer-core').Page} page
 * @param {string} url
 * @returns {Promise<import('./run_suite.js').Result[]>}
 */
async function resultsOf(page, url) {
  /** @type {string[]} */
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('requestfailed', (request) => complaints.push(`${request.url()} did not load`));
  await page.goto(url);
  try {
    await page.waitForFunction('"suiteResults" in globalThis', { timeout: 15_000 });
  } catch {
    throw new Error(`the page did not start the suite\n${complaints.join('\n')}`);
  }
  const { results, failure } = /** @type {any} */ (await page.evaluate('globalThis.suiteResults'));
  if (failure) throw new Error(failure);
  return results;
}

/**
 * @param {{context?: string, implementation?: import('./browser/files.js').Implementation,
 *   filter?: string | null, concurrency?: number, executablePath?: string}} [options]
 * @returns {Promise<import('./run_suite.js').Result[]>}
 */
export async function runInChromium({
  context = 'page',
  implementation = 'ours',
  filter = null,
  concurrency = 8,
  executablePath = '/usr/bin/chromium',
} = {}) {
  if (!CONTEXTS.includes(context)) {
    throw new Error(`no context "${context}": there are ${CONTEXTS.join(', ')}`);
  }
  const server = await startServer({
    files: await browserFiles(implementation, context.endsWith('-classic')),
  });
  try {
    const browser = await puppeteer.launch({
      executablePath,
      headless: true,
      args: FLAGS,
      protocolTimeout: LONGEST + 10_000,
    });
    try {
      const path = pagePath(context, {
        name: `chromium:${context}`,
        implementation,
        base: server.origin,
        crossBase: server.crossOrigin,
        controlBase: server.controlOrigin,
        filter,
        concurrency,
      });
      const page = await browser.newPage();
      return await inTime(resultsOf(page, `${server.origin}${path}`), `chromium:${context}`);
    } finally {
      await browser.close();
    }
  } finally {
    await server.close();
  }
}
