/** What the browser's own tools show of a stream's requests: what the server ends is no failure. */
import { startServer } from '../support/server.js';
import { closeChromium, launchChromium } from './chromium.js';
import { until } from './until.js';

const PAGE = `
  import { EventSource } from '/js/entries/index.js';
  globalThis.source = new EventSource(new URLSearchParams(location.search).get('stream'));`;

let server;
let browser;

beforeAll(async () => {
  const html = { type: 'text/html', body: `<!doctype html><script type="module">${PAGE}</script>` };
  server = await startServer({ files: { '/log_page': html } });
  browser = await launchChromium();
}, 90_000);

afterAll(async () => {
  if (browser) await closeChromium(browser);
  await server?.close();
});

test('a stream that the server ends is shown as finished, and one that close() ends as aborted', async () => {
  const page = await browser.newPage();
  /** @type {string[]} */
  const shown = [];
  const isStream = (request) => request.url().includes('/stream?');
  page.on('requestfinished', (request) => isStream(request) && shown.push('finished'));
  page.on(
    'requestfailed',
    (request) => isStream(request) && shown.push(request.failure().errorText),
  );
  const ends = { chunks: ['retry: 20\nid: 1\ndata: a\n\n'], end: 'end' };
  const script = JSON.stringify([ends, ends, { chunks: ['data: a\n\n'] }]);
  const stream = `/stream?key=log&script=${encodeURIComponent(script)}`;
  await page.goto(`${server.origin}/log_page?stream=${encodeURIComponent(stream)}`);
  await until(
    async () => shown.length >= 2 && (await page.evaluate('source.readyState')) === 1,
    'the third response is open',
    () => shown,
  );
  expect(shown).toEqual(['finished', 'finished']);
  await page.evaluate('source.close()');
  await until(
    () => shown.length === 3,
    'the end of the third was told',
    () => shown,
  );
  expect(shown[2]).toBe('net::ERR_ABORTED');
}, 60_000);
