/** Whose redirects are measured: our package in each runtime, and the browsers' own EventSource. */
import { fileURLToPath } from 'node:url';
import { startServer } from '../../support/server.js';
import { BROWSERS, until } from '../browser/tab.js';
import { runInBun } from '../bun.js';
import { runInDeno } from '../deno.js';
import { runInNodeVersion } from '../node_versions.js';
import { runInWorkerd } from '../workerd.js';

/** @typedef {import('./measure.js').Seen} Seen */

const child = fileURLToPath(new URL('child.js', import.meta.url));

/** @param {Promise<unknown>} results What a driver takes for the suite's. */
const asSeen = (results) => /** @type {Promise<Seen[]>} */ (results);

/**
 * @param {string} browser
 * @returns {Promise<Record<'ours' | 'native', Seen[]>>}
 */
async function inBrowser(browser) {
  const server = await startServer();
  const { origin: base, crossOrigin: crossBase, controlOrigin: controlBase } = server;
  const realm = JSON.stringify({ hasCookies: true, base, crossBase, controlBase });
  server.serve('/page.html', {
    type: 'text/html; charset=utf-8',
    body: `<!doctype html><script type="module">
      import { EventSource } from '/js/entries/index.js';
      import { measureRedirects } from '/tests/runtimes/redirect_table/measure.js';
      document.cookie = 'own=secret';
      globalThis.seen = {};
      const own = globalThis.EventSource;
      const realm = ${realm};
      const native = await measureRedirects({ ...realm, EventSource: own, isOurs: false });
      const ours = await measureRedirects({ ...realm, EventSource, isOurs: true });
      globalThis.answer = { ours, native };
    </script>`,
  });
  try {
    return await BROWSERS[browser](async ({ go, evaluate }) => {
      await go(`${base}/page.html`);
      const answer = () => evaluate("JSON.stringify(globalThis.answer ?? '')");
      await until(async () => (await answer()) !== '""', 'it is measured', 40_000);
      return JSON.parse(await answer());
    });
  } finally {
    await server.close();
  }
}

/** @type {[name: string, measure: () => Promise<Seen[]>][]} */
const RUNTIMES = [
  ...['20', '22', '24', '26'].map(
    (version) =>
      /** @type {[string, () => Promise<Seen[]>]} */ ([
        `Node ${version}`,
        () => asSeen(runInNodeVersion({ version, child })),
      ]),
  ),
  ['Deno', () => asSeen(runInDeno({ child }))],
  ['Bun', () => asSeen(runInBun({ child }))],
  ['workerd', () => asSeen(runInWorkerd({ worker: 'tests/runtimes/redirect_table/worker.js' }))],
];

const NAMES = /** @type {const} */ ([
  ['chromium', 'Chromium'],
  ['firefox', 'Firefox'],
  ['webkit', 'WebKitGTK'],
]);

/**
 * One after the other: they are not to keep each other from answering in time.
 *
 * @returns {Promise<Map<string, Seen[]>>}
 */
export async function measureAll() {
  const all = new Map();
  for (const [name, measure] of RUNTIMES) all.set(name, await measure());
  /** @type {[string, Seen[]][]} */
  const own = [];
  for (const [browser, name] of NAMES) {
    const { ours, native } = await inBrowser(browser);
    all.set(name, ours);
    own.push([`${name}'s own`, native]);
  }
  for (const [name, native] of own) all.set(name, native);
  return all;
}
