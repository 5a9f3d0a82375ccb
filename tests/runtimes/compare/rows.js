/** Whose EventSource is compared, and in which runtimes. */

/**
 * @typedef {{filter?: string | null, concurrency?: number}} Part How much of the suite, and how much of
 *   that at a time.
 *
 * @typedef {object} Row
 * @property {string} implementation What the page calls it.
 * @property {string} runtime
 * @property {'engine' | 'runtime'} [own] That it is the runtime's own: of a browser's engine, or of
 *   another runtime, which is weaker evidence of what the standard says.
 * @property {(part: Part) => Promise<import('../run_suite.js').Result[]>} run
 */

const PEERS = 'tests/runtimes/peers';

/** @param {{peer?: string, nodeOptions?: string[]}} [options] @returns {Row['run']} */
function inNode({ peer, nodeOptions } = {}) {
  return async (part) => {
    const { runInNodeVersion } = await import('../node_versions.js');
    return runInNodeVersion({ ...part, version: '26', peer, nodeOptions });
  };
}

/** @param {string} [peer] @returns {Row['run']} */
function inDeno(peer) {
  return async (part) => {
    const { runInDeno } = await import('../deno.js');
    return runInDeno({ ...part, peer });
  };
}

/** @param {string} [peer] @returns {Row['run']} */
function inWorkerd(peer) {
  return async (part) => {
    const { runInWorkerd } = await import('../workerd.js');
    return runInWorkerd({ ...part, peer });
  };
}

/** @type {[string, (options: import('../browser/drive.js').BrowserOptions) => ReturnType<Row['run']>][]} */
const BROWSERS = [
  ['Chromium', async (options) => (await import('../chromium.js')).runInChromium(options)],
  ['Firefox', async (options) => (await import('../firefox.js')).runInFirefox(options)],
  ['WebKitGTK', async (options) => (await import('../webkit.js')).runInWebKit(options)],
];

/** What the page calls each implementation that runs in a browser. */
const NAMES = /** @type {const} */ ({
  native: 'its own',
  ours: 'eventsource-wasm',
  eventsource: 'npm eventsource',
  'event-source-polyfill': 'npm event-source-polyfill',
});

/** @returns {Row[]} */
function browserRows() {
  return BROWSERS.flatMap(([runtime, runIn]) =>
    Object.entries(NAMES).map(
      ([key, implementation]) =>
        /** @type {Row} */ ({
          implementation,
          runtime,
          ...(key === 'native' ? { own: 'engine' } : {}),
          run: (part) =>
            runIn({
              ...part,
              implementation: /** @type {keyof typeof NAMES} */ (key),
            }),
        }),
    ),
  );
}

/** @type {Row[]} */
export const rows = [
  ...browserRows(),
  {
    implementation: NAMES.native,
    runtime: 'Node 26',
    own: 'runtime',
    run: inNode({ peer: `${PEERS}/native.js`, nodeOptions: ['--experimental-eventsource'] }),
  },
  { implementation: NAMES.ours, runtime: 'Node 26', run: inNode() },
  {
    implementation: NAMES.eventsource,
    runtime: 'Node 26',
    run: inNode({ peer: `${PEERS}/eventsource.js` }),
  },
  {
    implementation: NAMES['event-source-polyfill'],
    runtime: 'Node 26',
    run: inNode({ peer: `${PEERS}/event_source_polyfill.js` }),
  },
  {
    implementation: 'npm undici',
    runtime: 'Node 26',
    run: inNode({ peer: `${PEERS}/undici.js` }),
  },
  {
    implementation: NAMES.native,
    runtime: 'Deno',
    own: 'runtime',
    run: inDeno(`${PEERS}/native.js`),
  },
  { implementation: NAMES.ours, runtime: 'Deno', run: inDeno() },
  {
    implementation: NAMES.native,
    runtime: 'workerd',
    own: 'runtime',
    run: inWorkerd(`${PEERS}/native.js`),
  },
  { implementation: NAMES.ours, runtime: 'workerd', run: inWorkerd() },
];
