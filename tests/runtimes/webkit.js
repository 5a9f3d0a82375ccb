/** Runs the suite in Debian's WebKitGTK: in a page, and in every kind of worker. */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { LONGEST, inTime, resultsIn, runInBrowser } from './browser/drive.js';
import { CONTEXTS } from './browser/files.js';
import { openSession } from './browser/webdriver.js';
import { XHR_TRAITS } from './browser/xhr_traits.js';

const MINI_BROWSER = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';

export const CAPABILITIES = {
  'webkitgtk:browserOptions': { binary: MINI_BROWSER, args: ['--automation'] },
};

// Seen with the raw bytes at a server: for the header value '\u00c3\u00a4', fetch() with a record, with Headers
// or with a Request, and XMLHttpRequest send c3 83 c2 a4; the value '\u00e4' goes out as c3 a4, and one above
// U+00FF is a TypeError. EventSource sends c3 a4 for the ID 'ä'. No script can tell which it will be.
const HEADER_BYTES =
  "WebKitGTK's fetch() and XMLHttpRequest encode each byte of a header value above 0x7F as UTF-8 once more, however the value is given; its own EventSource sends them as they are, which no script can";

/** @type {Record<string, string>} */
const TRAITS = {
  ...Object.fromEntries(
    [
      'redirect.carries-last-event-id',
      'cors.last-event-id',
      'id.header-utf8',
      'id.header-latin1',
      'id.header-replacement',
      'id.echo',
    ].map((id) => [id, HEADER_BYTES]),
  ),
  'xhr.broken-body':
    'WebKitGTK takes a connection that breaks for the end of the body: fetch() and XMLHttpRequest alike',
};

/** @type {Record<string, string>} */
const OWN_XHR_TRAITS = {
  ...TRAITS,
  ...XHR_TRAITS,
  'parsing.bom-cut':
    "WebKitGTK's XMLHttpRequest drops a byte order mark whose bytes come together, and keeps one whose bytes come one by one; nothing tells which it was",
};

/** Waits for what the page leaves at `suiteResults`; the last argument is WebDriver's callback. */
const RESULTS = `
  const done = arguments[arguments.length - 1];
  const give = (answer) => done(JSON.stringify(answer));
  const end = Date.now() + 15000;
  (function look() {
    if ('suiteResults' in globalThis) {
      globalThis.suiteResults.then(give, (error) => give({ failure: String(error.stack || error) }));
    } else if (Date.now() > end) give({ failure: 'the page did not start the suite' });
    else setTimeout(look, 50);
  })();`;

/** @returns {Promise<number>} */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (probe.address());
      probe.close(() => resolve(port));
    });
  });
}

/**
 * The driver with a display and a message bus of its own, as one process group.
 *
 * @param {number} port
 */
export function startDriver(port) {
  const program = ['WebKitWebDriver', '--host=127.0.0.1', `--port=${port}`];
  const child = spawn('xvfb-run', ['-a', 'dbus-run-session', '--', ...program], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    // As root, and in a container, its sandbox cannot start.
    env: { ...process.env, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' },
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));

  /** @param {NodeJS.Signals} signal */
  const kill = (signal) => {
    try {
      if (child.pid) process.kill(-child.pid, signal);
    } catch {
      // The whole group is gone.
    }
  };
  const abandoned = () => {
    kill('SIGKILL');
    process.exit(1);
  };
  process.once('SIGTERM', abandoned);
  process.once('SIGINT', abandoned);

  const ended = new Promise((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(
        new Error(
          `xvfb-run: ended with ${code}; are webkit2gtk-driver, xvfb, xauth and dbus-x11 installed?\n${output}`,
        ),
      ),
    );
  });
  ended.catch(() => {});

  return {
    pid: child.pid,
    /** @type {Promise<never>} Rejects when the driver ends. */
    ended,
    async stop() {
      process.off('SIGTERM', abandoned);
      process.off('SIGINT', abandoned);
      // First politely, so that xvfb-run removes its display's lock and folder.
      kill('SIGTERM');
      await inTime(ended, 'xvfb-run', 3000).catch(() => {});
      kill('SIGKILL');
    },
  };
}

/** @param {string} url @param {number} port */
async function resultsOf(url, port) {
  const session = await openSession(`http://127.0.0.1:${port}`, CAPABILITIES, LONGEST);
  try {
    await session.go(url);
    return resultsIn(JSON.parse(await session.wait(RESULTS)));
  } finally {
    await inTime(session.close(), 'closing the browser', 5000).catch(() => {});
  }
}

/** @type {import('./browser/drive.js').Browser['open']} */
async function open(url, title) {
  const port = await freePort();
  const driver = startDriver(port);
  try {
    return await inTime(Promise.race([resultsOf(url, port), driver.ended]), title);
  } finally {
    await driver.stop();
  }
}

/**
 * @param {import('./browser/drive.js').BrowserOptions} [options]
 * @returns {Promise<import('./run_suite.js').Result[]>}
 */
export function runInWebKit(options = {}) {
  return runInBrowser(
    { name: 'webkit', contexts: CONTEXTS, traits: TRAITS, xhrTraits: OWN_XHR_TRAITS, open },
    options,
  );
}
