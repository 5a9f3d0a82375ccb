/**
 * Puts a page with an open stream into the back/forward cache, comes back, and prints what it saw:
 *
 *     node tests/runtimes/bfcache.js BROWSER KIND [native]
 *
 * BROWSER is chromium, firefox or webkit. KIND says what happens while the page is away: `event`, the server
 * sends one more, or `cut`, it breaks the connection. `native` takes the browser's own EventSource.
 *
 * Firefox 153 puts no page away that has an open stream, of its own EventSource or of fetch() alike.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { startServer } from '../support/server.js';
import { inTime } from './browser/drive.js';
import { BROWSERS, until } from './browser/tab.js';

/**
 * @typedef {object} Entry
 * @property {string} type
 * @property {string} [data]
 * @property {string} [lastEventId]
 * @property {number} [readyState]
 * @property {boolean} [persisted] Of pageshow and pagehide: whether the page is kept.
 * @property {number} at `Date.now()`
 *
 * @typedef {object} Outcome
 * @property {Entry[]} log What the page's listeners were told, in this order.
 * @property {number} askedBack `Date.now()` just before the browser was told to come back.
 * @property {(string | null)[]} ids Last-Event-ID of each request, in hexadecimal bytes.
 * @property {string} why What the browser says to a page that was not restored; JSON.
 */

const HTML = 'text/html; charset=utf-8';

/** @param {boolean} native */
function script(native) {
  return `
    ${native ? 'const { EventSource } = globalThis;' : "import { EventSource } from '/js/entries/index.js';"}
    globalThis.log = [];
    const source = new EventSource(new URLSearchParams(location.search).get('stream'));
    for (const type of ['open', 'message', 'error']) {
      source.addEventListener(type, ({ data, lastEventId }) => {
        const { readyState } = source;
        log.push({ type, data, lastEventId, readyState, at: Date.now() });
      });
    }
    for (const type of ['pagehide', 'pageshow']) {
      addEventListener(type, ({ persisted }) => log.push({ type, persisted, at: Date.now() }));
    }`;
}

/** @param {'event' | 'cut'} kind @returns {import('../support/stream_script.js').Attempt[]} */
function attempts(kind) {
  // Of `no-store` on both, page and stream, Chromium keeps no page.
  const headers = /** @type {[string, string][]} */ ([['Cache-Control', 'no-cache']]);
  const first = ['retry: 1000\nid: 1\ndata: first\n\n', { hold: 'away' }];
  return [
    kind === 'cut'
      ? { headers, chunks: first, end: 'destroy' }
      : { headers, chunks: [...first, 'id: 2\ndata: late\n\n'] },
    { headers, chunks: ['id: 3\ndata: again\n\n'] },
  ];
}

/**
 * @param {string} browser
 * @param {'event' | 'cut'} kind
 * @param {boolean} native
 * @returns {Promise<Outcome>}
 */
async function awayAndBack(browser, kind, native) {
  const server = await startServer({
    files: {
      '/here.html': {
        type: HTML,
        caching: 'no-cache',
        body: `<!doctype html><title>here</title><script type="module">${script(native)}</script>`,
      },
      '/elsewhere.html': {
        type: HTML,
        caching: 'no-cache',
        body: '<!doctype html><title>elsewhere</title>',
      },
    },
  });
  const control = async (/** @type {string} */ path) =>
    (await fetch(`${server.controlOrigin}${path}`)).json();
  /** @returns {Promise<import('../support/server.js').LoggedRequest[]>} */
  const requests = () => control('/log?key=away');
  const stream = `${server.origin}/stream?key=away&script=${encodeURIComponent(JSON.stringify(attempts(kind)))}`;

  /** @param {import('./browser/tab.js').Tab} tab */
  const visit = async ({ go, back, evaluate }) => {
    const log = async () => {
      /** @type {Entry[]} */
      const entries = JSON.parse(await evaluate('JSON.stringify(globalThis.log ?? [])'));
      return entries;
    };
    const messages = async () => (await log()).filter(({ type }) => type === 'message').length;
    await go(`${server.origin}/here.html?stream=${encodeURIComponent(stream)}`);
    await until(async () => (await messages()) >= 1, 'the first event came');
    await go(`${server.origin}/elsewhere.html`);
    await control('/release?key=away&name=away');
    if (kind === 'cut') {
      await until(async () => (await requests())[0].finishedAt !== null, 'the stream was cut');
    }
    // A page that is not frozen would be told by now.
    await sleep(500);
    const askedBack = Date.now();
    await back();
    // One that was loaded anew has one again.
    const shown = async () =>
      (await log()).filter(({ type, persisted }) => type === 'pageshow' && persisted).length;
    await until(async () => (await messages()) >= ((await shown()) ? 2 : 1), 'the next event came');
    return {
      log: await log(),
      askedBack,
      ids: (await requests()).map(({ lastEventIdHex }) => lastEventIdHex),
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

const [browser, kind, implementation = 'ours'] = process.argv.slice(2);
if (!(browser in BROWSERS) || !['event', 'cut'].includes(kind)) {
  console.error('node tests/runtimes/bfcache.js chromium|firefox|webkit event|cut [native]');
  process.exitCode = 2;
} else {
  const outcome = await inTime(
    awayAndBack(browser, /** @type {'cut'} */ (kind), implementation === 'native'),
    `${browser}, ${kind}`,
    60_000,
  );
  console.log(JSON.stringify(outcome));
}
