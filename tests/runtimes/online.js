/**
 * Takes the network away from a page whose sources wait for a minute, gives it back, and prints what came of it:
 *
 *     node tests/runtimes/online.js BROWSER
 *
 * BROWSER is chromium, firefox or webkit. Of WebKitGTK the driver cannot do so: there the page fires the events itself.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { startServer } from '../support/server.js';
import { inTime } from './browser/drive.js';
import { BROWSERS, until } from './browser/tab.js';

/**
 * @typedef {object} Outcome
 * @property {boolean} isReal Whether it was the browser that fired the events, not the page.
 * @property {string[]} network What the page was told of the network before the sources were open again, with
 *   navigator.onLine.
 * @property {number[]} after Milliseconds from `online` until each source was open.
 * @property {Record<string, number>} asked Requests of each source.
 * @property {Record<string, number>} readyStates
 */

const WAITING = ['one', 'two', 'three', 'four', 'five'];

const minute = 60_000;

/** @type {import('../support/stream_script.js').Attempt} */
const AGAIN = { chunks: [':\n'] };

/** @type {Record<string, import('../support/stream_script.js').Attempt[]>} */
const SCRIPTS = {
  ...Object.fromEntries(
    WAITING.map((name) => [name, [{ chunks: [`retry: ${minute}\n\n`], end: 'end' }, AGAIN]]),
  ),
  asked: [{ status: 503, headers: [['Retry-After', `${minute / 1000}`]], end: 'end' }, AGAIN],
};

/** @param {Record<string, string>} urls */
const page = (urls) => `<!doctype html><title>online</title><script type="module">
  import { EventSource } from '/js/entries/index.js';
  globalThis.log = [];
  globalThis.network = [];
  globalThis.sources = {};
  for (const type of ['online', 'offline']) {
    addEventListener(type, () => {
      network.push(type + ' ' + navigator.onLine);
      log.push({ type, at: Date.now() });
    });
  }
  for (const [name, url] of Object.entries(${JSON.stringify(urls)})) {
    sources[name] = new EventSource(url, { retry: 'transient' });
    for (const type of ['open', 'error']) {
      sources[name].addEventListener(type, () => log.push({ type, name, at: Date.now() }));
    }
  }
</script>`;

/**
 * @param {string} browser
 * @returns {Promise<Outcome>}
 */
async function offAndOn(browser) {
  const server = await startServer();
  const names = Object.keys(SCRIPTS);
  const urls = Object.fromEntries(
    names.map((name) => [
      name,
      `/stream?key=${name}&script=${encodeURIComponent(JSON.stringify(SCRIPTS[name]))}`,
    ]),
  );
  server.serve('/page.html', { type: 'text/html; charset=utf-8', body: page(urls) });
  const asked = async () =>
    Object.fromEntries(
      await Promise.all(
        names.map(async (name) => {
          const response = await fetch(`${server.controlOrigin}/log?key=${name}`);
          return [name, (await response.json()).length];
        }),
      ),
    );

  /** @param {import('./browser/tab.js').Tab} tab */
  const visit = async ({ go, evaluate, setOffline }) => {
    const json = async (/** @type {string} */ expression) =>
      JSON.parse(await evaluate(`JSON.stringify(${expression})`));
    const set = async (/** @type {boolean} */ isOffline) => {
      if (setOffline) await setOffline(isOffline);
      else {
        await evaluate(`String(dispatchEvent(new Event('${isOffline ? 'offline' : 'online'}')))`);
      }
    };
    /** @returns {Promise<{type: string, name?: string, at: number}[]>} */
    const log = () => json('globalThis.log ?? []');
    const count = async (/** @type {string} */ type) =>
      (await log()).filter((entry) => entry.type === type).length;

    await go(`${server.origin}/page.html`);
    await until(async () => (await count('error')) === names.length, 'all wait');
    const before = await count('open');
    // Attempts are 500 ms apart: what is measured shall not be that.
    await sleep(700);
    await set(true);
    await until(async () => (await count('offline')) === 1, 'the page is told that it is offline');
    await sleep(300);
    await set(false);
    await until(async () => (await count('open')) === before + WAITING.length, 'all are open');
    const network = await json('network');
    // Whoever is open does not mind, however often.
    await set(true);
    await set(false);
    await evaluate("String([...Array(20)].map(() => dispatchEvent(new Event('online'))))");
    await sleep(1500);
    const entries = await log();
    const online = entries.find(({ type }) => type === 'online')?.at ?? NaN;
    return {
      isReal: setOffline !== undefined,
      network,
      after: entries
        .filter(({ type, at }) => type === 'open' && at >= online)
        .map(({ at }) => at - online),
      asked: await asked(),
      readyStates: await json(
        'Object.fromEntries(Object.entries(sources).map(([name, { readyState }]) => [name, readyState]))',
      ),
    };
  };
  try {
    return await BROWSERS[browser](visit);
  } finally {
    await server.close();
  }
}

const [browser] = process.argv.slice(2);
if (!(browser in BROWSERS)) {
  console.error('node tests/runtimes/online.js chromium|firefox|webkit');
  process.exitCode = 2;
} else {
  console.log(JSON.stringify(await inTime(offAndOn(browser), browser, 45_000)));
}
