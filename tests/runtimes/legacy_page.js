/**
 * Opens a document in windows-1252, and prints the URL that a source has there, from its path on:
 *
 *     node tests/runtimes/legacy_page.js BROWSER [native]
 *
 * BROWSER is chromium, firefox or webkit. `native` takes the browser's own EventSource.
 */
import { startServer } from '../support/server.js';
import { inTime } from './browser/drive.js';
import { BROWSERS, until } from './browser/tab.js';

/**
 * @param {string} browser
 * @param {boolean} native
 * @returns {Promise<string>}
 */
async function urlIn(browser, native) {
  const implementation = native
    ? 'const { EventSource } = globalThis;'
    : "import { EventSource } from '/js/entries/index.js';";
  const server = await startServer({
    files: {
      '/page.html': {
        type: 'text/html; charset=windows-1252',
        caching: 'no-cache',
        body: `<!doctype html><script type="module">
          ${implementation}
          const source = new EventSource('/stream?\\u00e5=\\u20ac#\\u00e5');
          source.close();
          globalThis.url = source.url;
        </script>`,
      },
    },
  });
  try {
    return await BROWSERS[browser](async ({ go, evaluate }) => {
      const url = () => evaluate("globalThis.url ?? ''");
      await go(`${server.origin}/page.html`);
      await until(url, 'the source was made');
      return (await url()).slice(server.origin.length);
    });
  } finally {
    await server.close();
  }
}

const [browser, implementation = 'ours'] = process.argv.slice(2);
if (!(browser in BROWSERS)) {
  console.error('node tests/runtimes/legacy_page.js chromium|firefox|webkit [native]');
  process.exitCode = 2;
} else {
  console.log(await inTime(urlIn(browser, implementation === 'native'), browser, 60_000));
}
