/**
 * The pages and scripts that a browser's driver serves from memory: the entry of each context, for each
 * implementation. Everything else comes from the repository as it is.
 */
import { access } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundlePeer } from '../peers/bundle.js';
import { isOurs } from './implementations.js';

export const CONTEXTS = [
  'page',
  'page-strict-csp',
  'dedicated',
  'dedicated-classic',
  'shared',
  'shared-classic',
  'service',
  'service-classic',
];

/** @typedef {import('./implementations.js').Implementation} Implementation */

/** Goes first: it has to be there when the implementation loads. */
const WATCH = "import '/tests/runtimes/watch_webassembly.js';";

const LOAD_PEER = "import { EventSource } from '/run/peer.js';";

/** @type {Record<Implementation, string>} */
const MODULES = {
  ours: "import { EventSource } from '/js/entries/index.js';",
  js: "import { EventSource } from '/js/entries/js.js';",
  xhr: "import { EventSource } from '/tests/runtimes/over_xhr.js';",
  native: 'const { EventSource } = globalThis;',
  eventsource: LOAD_PEER,
  'event-source-polyfill': LOAD_PEER,
};

/** @param {string} path */
function inRepository(path) {
  return fileURLToPath(new URL(`../../../${path}`, import.meta.url));
}

/** @param {string} body */
function script(body) {
  return { type: 'text/javascript; charset=utf-8', body };
}

/** @param {string} src */
function page(src) {
  return {
    type: 'text/html; charset=utf-8',
    body: `<!doctype html><meta charset="utf-8"><title>suite</title><script type="module" src="${src}"></script>`,
  };
}

/**
 * Classic workers know no `import`, so the suite comes to them as one classic script.
 *
 * @param {string} entry
 * @param {string} globalName
 */
async function bundle(entry, globalName) {
  const { rollup } = await import('rollup');
  const made = await rollup({ input: inRepository(entry) });
  // Strict, as modules are: behaviours look at what assignments and `this` do.
  const { output } = await made.generate({ format: 'iife', name: globalName, strict: true });
  await made.close();
  return script(output[0].code);
}

/**
 * @param {Implementation} implementation
 * @returns {Promise<Record<string, {type: string, body: string}>>}
 */
async function classicFiles(implementation) {
  const suite = await bundle('tests/runtimes/browser/realm.js', 'eventsourceSuite');
  if (implementation === 'native') {
    return {
      '/run/suite.js': suite,
      '/run/worker_classic.js': script(
        "importScripts('/run/suite.js'); eventsourceSuite.serveWorker(self.EventSource);",
      ),
    };
  }
  if (!isOurs(implementation) || implementation === 'xhr') {
    throw new Error(`${implementation} is run as a module alone`);
  }
  const built = '/dist/eventsource.js';
  if (implementation === 'ours') {
    await access(inRepository(built.slice(1))).catch(() => {
      throw new Error('dist/eventsource.js is missing: run `npm run build` first');
    });
  }
  return {
    '/run/suite.js': suite,
    ...(implementation === 'js'
      ? { '/run/js.js': await bundle('js/entries/js.js', 'eventsourceWasm') }
      : {}),
    '/run/worker_classic.js': script(
      `importScripts('/run/suite.js', '${implementation === 'js' ? '/run/js.js' : built}');
      eventsourceSuite.serveWorker(eventsourceWasm.EventSource);`,
    ),
  };
}

/**
 * @param {Implementation} implementation
 * @param {boolean} classic Whether a classic context is wanted.
 */
export async function browserFiles(implementation, classic) {
  const load = MODULES[implementation];
  const realm = '/tests/runtimes/browser/realm.js';
  return {
    '/run/page.html': page('/run/page.js'),
    '/run/page.js': script(
      `${WATCH} ${load} import { runInRealm } from '${realm}';
      globalThis.suiteResults = runInRealm(EventSource).then((results) => ({ results }));`,
    ),
    '/run/starter.html': page('/tests/runtimes/browser/page.js'),
    '/run/worker.js': script(
      `${WATCH} ${load} import { serveWorker } from '${realm}'; serveWorker(EventSource);`,
    ),
    ...(load === LOAD_PEER ? { '/run/peer.js': script(await bundlePeer(implementation)) } : {}),
    ...(classic ? await classicFiles(implementation) : {}),
  };
}

/**
 * @param {string} context One of CONTEXTS.
 * @param {import('../run_configured.js').Config} config
 * @returns {string} The path of the page to open.
 */
export function pagePath(context, config) {
  const inQuery = encodeURIComponent(JSON.stringify(config));
  if (context.startsWith('page')) {
    const policy =
      context === 'page-strict-csp' ? `&csp=${encodeURIComponent("script-src 'self'")}` : '';
    return `/run/page.html?config=${inQuery}${policy}`;
  }
  const [kind, variant = 'module'] = context.split('-');
  const path = `/run/worker${variant === 'classic' ? '_classic' : ''}.js?config=${inQuery}`;
  const worker = JSON.stringify({ kind, type: variant, script: path });
  return `/run/starter.html?worker=${encodeURIComponent(worker)}`;
}
