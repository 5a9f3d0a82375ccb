// Chromium, Firefox and WebKitGTK: each job in a fresh page.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import puppeteer from 'puppeteer-core';
import { openSession } from '../../tests/runtimes/browser/webdriver.js';
import { FLAGS } from '../../tests/runtimes/chromium.js';
import { CAPABILITIES, freePort, startDriver } from '../../tests/runtimes/webkit.js';
import { bundlePath, root } from '../tools/paths.js';
import { descendants } from '../tools/processes.js';
import { startPageHost } from './page_host.js';

/** Milliseconds that a browser is given to end by itself. */
const FAREWELL = 5000;

const FIREFOX_PREFERENCES = {
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
};

/**
 * @typedef {object} OpenBrowser
 * @property {(url: string) => Promise<() => Promise<unknown>>} visit opens a page; gives what closes it
 * @property {number} pid of the process that all others of the browser descend from
 * @property {() => Promise<unknown>} close
 */

/** @param {Promise<unknown>} promise */
function soon(promise) {
  const timeout = new Promise((resolve) => setTimeout(resolve, FAREWELL).unref());
  return Promise.race([promise.catch(() => {}), timeout]);
}

/**
 * @param {import('puppeteer-core').LaunchOptions} options
 * @returns {Promise<OpenBrowser>}
 */
async function openWithPuppeteer(options) {
  const browser = await puppeteer.launch({
    headless: true,
    // The server's, for HTTP/2, is its own.
    acceptInsecureCerts: true,
    // A signal ends the run, and the end of the run the browser.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    ...options,
  });
  const pid = /** @type {number} */ (browser.process()?.pid);
  const kill = () => {
    try {
      // Puppeteer makes it the leader of a process group.
      process.kill(-pid, 'SIGKILL');
    } catch {
      // It has ended.
    }
  };
  process.once('exit', kill);
  return {
    pid,
    async visit(url) {
      // A context of its own gets a process of its own.
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      await page.goto(url);
      return () => context.close();
    },
    async close() {
      await soon(browser.close());
      process.off('exit', kill);
      kill();
    },
  };
}

/** @returns {Promise<OpenBrowser>} */
async function openWebKit() {
  const port = await freePort();
  const driver = startDriver(port);
  try {
    const session = await Promise.race([
      openSession(
        `http://127.0.0.1:${port}`,
        { ...CAPABILITIES, acceptInsecureCerts: true },
        60_000,
      ),
      driver.ended,
    ]);
    return {
      pid: driver.pid,
      async visit(url) {
        await session.go(url);
        return async () => {};
      },
      async close() {
        await soon(session.close());
        await driver.stop();
      },
    };
  } catch (error) {
    await driver.stop();
    throw error;
  }
}

/**
 * @param {string} title
 * @param {() => Promise<OpenBrowser>} openBrowser
 * @param {(commandLine: string) => boolean} isReceiver whether a process runs pages
 * @returns {import('./process.js').Runtime}
 */
function browserRuntime(title, openBrowser, isReceiver) {
  return {
    title,
    platform: 'browser',
    async open() {
      const host = await startPageHost();
      /** @type {OpenBrowser | undefined} */
      let browser;
      return {
        async run(job, limit) {
          browser ??= await openBrowser();
          const { pid, visit } = browser;
          const receivers = () => descendants(pid, isReceiver);
          let closePage = async () => /** @type {unknown} */ (undefined);
          try {
            return await host.run(job, limit, receivers, async (url) => {
              closePage = await visit(url);
            });
          } catch (error) {
            // A page that does not end keeps its process busy: the next job gets a new browser.
            await browser.close();
            browser = undefined;
            throw error;
          } finally {
            if (browser) await soon(closePage());
          }
        },
        moduleOf: (kind, name) =>
          `${host.origin}/${path.relative(root, bundlePath(kind, name, 'browser'))}`,
        async close() {
          await browser?.close();
          host.close();
        },
      };
    },
  };
}

/** @param {string} executable @param {string[]} [args] */
const versionOf = (executable, args = ['--version']) =>
  execFileSync(executable, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).match(
    /\d+(\.\d+)+/,
  )?.[0] ?? '';

export function chromium() {
  const executablePath = '/usr/bin/chromium';
  return browserRuntime(
    `Chromium ${versionOf(executablePath)}`,
    () => openWithPuppeteer({ executablePath, args: FLAGS }),
    (commandLine) => commandLine.includes('--type=renderer'),
  );
}

export function firefox() {
  const executablePath = '/usr/bin/firefox-esr';
  return browserRuntime(
    `Firefox ${versionOf(executablePath)}`,
    () =>
      openWithPuppeteer({
        browser: 'firefox',
        executablePath,
        extraPrefsFirefox: FIREFOX_PREFERENCES,
      }),
    (commandLine) => /-contentproc\b/.test(commandLine) && /\btab\0?$/.test(commandLine),
  );
}

export function webkit() {
  const version = versionOf('dpkg-query', ['-W', '-f=${Version}', 'libwebkit2gtk-4.1-0']);
  return browserRuntime(`WebKitGTK ${version}`, openWebKit, (commandLine) =>
    commandLine.includes('WebKitWebProcess'),
  );
}
