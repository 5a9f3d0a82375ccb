/**
 * Puts a page with sources into the back/forward cache, comes back, and prints what it saw:
 *
 *     node tests/runtimes/bfcache.js BROWSER [all|waiting|native|none]
 *
 * BROWSER is chromium, firefox or webkit. `all` takes sources in every state, `waiting` one that waits alone, `native` an
 * open one of the browser's own, `none` no source at all: what the browser keeps without any.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { startServer } from '../support/server.js';
import { inTime } from './browser/drive.js';
import { BROWSERS, until } from './browser/tab.js';

/**
 * @typedef {object} Entry
 * @property {string} type
 * @property {string} [name] Of the source.
 * @property {string} [data]
 * @property {string} [lastEventId]
 * @property {boolean} [resumed]
 * @property {boolean} [persisted] Of pageshow and pagehide: whether the page is kept.
 * @property {number} at `Date.now()`
 *
 * @typedef {object} Outcome
 * @property {Entry[]} log What the page's listeners were told, in this order.
 * @property {Record<string, number>} readyStates Of the sources, in the end.
 * @property {string} hidden Whether the page was to be kept when it was put away, as JSON.
 * @property {number} askedBack `Date.now()` just before the browser was told to come back.
 * @property {Record<string, (string | null)[]>} ids Last-Event-ID of each request of each source.
 * @property {Record<string, number>} asked How often each source had asked when the page was away.
 * @property {string[]} open The sources that had an open request when the page was away.
 * @property {string} why What the browser says to a page that was not restored; JSON.
 *
 * @typedef {import('../support/stream_script.js').Attempt[]} Script
 */

const HTML = 'text/html; charset=utf-8';

// Of `no-store` on both, page and stream, Chromium keeps no page.
const headers = /** @type {[string, string][]} */ ([['Cache-Control', 'no-cache']]);

/** Whoever waits for this waits longer than any test. */
const FIRST = 'retry: 600000\nid: 1\ndata: first\n\n';

/** @type {import('../support/stream_script.js').Attempt} */
const AGAIN = { headers, chunks: ['id: 2\ndata: again\n\n'] };

/** @type {Script} */
const OPEN = [{ headers, chunks: [FIRST] }, AGAIN];

/**
 * Six connections are all that a browser has for one server, and the page that it goes to needs one.
 *
 * @type {Record<string, Script>}
 */
const SCRIPTS = {
  open: OPEN,
  another: OPEN,
  waiting: [{ headers, chunks: [FIRST], end: 'end' }, AGAIN],
  connecting: [{ refuse: 'headers' }, AGAIN],
  // Closed by the page when it is put away, before and after the sources have heard of it.
  closedBefore: OPEN,
  closedAfter: OPEN,
};

const OURS = "import { EventSource } from '/js/entries/index.js';";

/**
 * What each kind of page has, and which of its sources are to be told something when it is back.
 *
 * @type {Record<string, {load: string, names: string[], returning: string[]}>}
 */
const KINDS = {
  all: {
    load: OURS,
    names: Object.keys(SCRIPTS),
    returning: ['open', 'another', 'waiting', 'connecting'],
  },
  waiting: { load: OURS, names: ['waiting'], returning: ['waiting'] },
  native: { load: 'const { EventSource } = globalThis;', names: ['open'], returning: [] },
  none: { load: '', names: [], returning: [] },
};

/**
 * @param {string} load
 * @param {Record<string, string>} urls
 */
function script(load, urls) {
  return `
    ${load}
    globalThis.log = [];
    globalThis.sources = {};
    const closeOnHide = (name) => addEventListener('pagehide', () => sources[name]?.close());
    closeOnHide('closedBefore');
    for (const type of ['pagehide', 'pageshow']) {
      addEventListener(type, ({ persisted }) => {
        log.push({ type, persisted, at: Date.now() });
        // Of a page that is not kept, this is what is left.
        if (type === 'pagehide') sessionStorage.setItem('hidden', persisted);
      });
    }
    for (const [name, url] of Object.entries(${JSON.stringify(urls)})) {
      const source = new EventSource(url);
      sources[name] = source;
      for (const type of ['open', 'message', 'error']) {
        source.addEventListener(type, ({ data, lastEventId, resumed }) => {
          log.push({ type, name, data, lastEventId, resumed, at: Date.now() });
        });
      }
    }
    closeOnHide('closedAfter');`;
}

/**
 * @param {string} browser
 * @param {string} kind
 * @returns {Promise<Outcome>}
 */
async function awayAndBack(browser, kind) {
  const { load, names, returning } = KINDS[kind];
  /** @type {Record<string, import('../support/static_files.js').MemoryFile>} */
  const files = {
    '/elsewhere.html': {
      type: HTML,
      caching: 'no-cache',
      body: '<!doctype html><title>elsewhere</title>',
    },
  };
  const server = await startServer({ files });
  const query = (/** @type {string} */ name) =>
    `/stream?key=${name}&script=${encodeURIComponent(JSON.stringify(SCRIPTS[name]))}`;
  const urls = Object.fromEntries(names.map((name) => [name, query(name)]));
  server.serve('/here.html', {
    type: HTML,
    caching: 'no-cache',
    body: `<!doctype html><title>here</title><script type="module">${script(load, urls)}</script>`,
  });
  /**
   * @param {string} name
   * @returns {Promise<import('../support/server.js').LoggedRequest[]>}
   */
  const requests = async (name) => (await fetch(`${server.controlOrigin}/log?key=${name}`)).json();
  const perName = async (/** @type {(all: any[]) => any} */ pick) =>
    Object.fromEntries(
      await Promise.all(names.map(async (name) => [name, pick(await requests(name))])),
    );

  /** @param {import('./browser/tab.js').Tab} tab */
  const visit = async ({ go, back, evaluate }) => {
    const log = async () => {
      /** @type {Entry[]} */
      const entries = JSON.parse(await evaluate('JSON.stringify(globalThis.log ?? [])'));
      return entries;
    };
    const have = async (/** @type {string} */ type) =>
      new Set((await log()).filter((entry) => entry.type === type).map(({ name }) => name));
    await go(`${server.origin}/here.html`);
    const expected = names.filter((name) => name !== 'connecting');
    await until(async () => (await have('message')).size === expected.length, 'events came');
    if (names.includes('waiting')) {
      await until(async () => (await have('error')).has('waiting'), 'one waits');
    }
    if (names.includes('connecting')) {
      await until(async () => (await requests('connecting')).length > 0, 'one is connecting');
    }
    await go(`${server.origin}/elsewhere.html`);
    // A page that is not frozen, or asks again, would do so by now.
    await sleep(1500);
    const asked = await perName((all) => all.length);
    const open = await perName((all) => all.some(({ finishedAt }) => finishedAt === null));
    const askedBack = Date.now();
    await back();
    await until(async () => (await log()).some(({ type }) => type === 'pageshow'), 'it is back');
    if ((await log()).some(({ type, persisted }) => type === 'pageshow' && persisted)) {
      const again = async () =>
        (await log()).filter(({ data }) => data === 'again').map(({ name }) => name);
      await until(async () => (await again()).length >= returning.length, 'the next events came');
      // Whatever should not come.
      await sleep(700);
    }
    return {
      log: await log(),
      readyStates: JSON.parse(
        await evaluate(
          'JSON.stringify(Object.fromEntries(Object.entries(sources).map(([name, { readyState }]) => [name, readyState])))',
        ),
      ),
      hidden: await evaluate("sessionStorage.getItem('hidden')"),
      askedBack,
      asked,
      open: names.filter((name) => open[name]),
      ids: await perName((all) => all.map(({ lastEventIdHex }) => lastEventIdHex)),
      why: await evaluate(
        "JSON.stringify(performance.getEntriesByType('navigation')[0]?.notRestoredReasons ?? null)",
      ),
    };
  };
  try {
    return await BROWSERS[browser](visit);
  } finally {
    await server.close();
  }
}

const [browser, kind = 'all'] = process.argv.slice(2);
if (!(browser in BROWSERS) || !(kind in KINDS)) {
  console.error('node tests/runtimes/bfcache.js chromium|firefox|webkit [all|waiting|native|none]');
  process.exitCode = 2;
} else {
  const outcome = await inTime(awayAndBack(browser, kind), `${browser}, ${kind}`, 60_000);
  console.log(JSON.stringify(outcome));
}
