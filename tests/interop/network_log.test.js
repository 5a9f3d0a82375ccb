/**
 * What the browser's own tools are given to show: what the server ends is neither aborted nor cancelled by the page.
 * Chromium 156 shows some of those as aborted all the same when the machine is busy, and those of a bare fetch() whose
 * body is read to its end as well; so it is the page's calls that are counted.
 */
import { startServer } from '../support/server.js';
import { closeChromium, launchChromium } from './chromium.js';
import { until } from './until.js';

const PAGE = `
  import { EventSource } from '/js/entries/index.js';
  globalThis.calls = [];
  for (const [owner, name] of [
    [AbortController.prototype, 'abort'],
    [ReadableStreamDefaultReader.prototype, 'cancel'],
    [ReadableStream.prototype, 'cancel'],
  ]) {
    const original = owner[name];
    owner[name] = function (...args) {
      calls.push(name);
      return original.apply(this, args);
    };
  }
  globalThis.opened = 0;
  globalThis.source = new EventSource(new URLSearchParams(location.search).get('stream'));
  source.onopen = () => (opened += 1);`;

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

test('streams that the server ends are let go as they are, and one that close() ends is aborted', async () => {
  const page = await browser.newPage();
  /** @type {string[]} */
  const failed = [];
  page.on('requestfailed', (request) => failed.push(request.url()));
  const ends = { chunks: ['retry: 20\nid: 1\ndata: a\n\n'], end: 'end' };
  const script = JSON.stringify([ends, ends, { chunks: ['data: a\n\n'] }]);
  const stream = `/stream?key=log&script=${encodeURIComponent(script)}`;
  await page.goto(`${server.origin}/log_page?stream=${encodeURIComponent(stream)}`);
  await until(() => page.evaluate('opened === 3'), 'the third response is open');
  expect(await page.evaluate('calls')).toEqual([]);
  const before = failed.length;
  await page.evaluate('source.close()');
  expect(await page.evaluate('calls')).toEqual(['cancel', 'abort']);
  await until(() => failed.length > before, 'the third was shown as aborted');
}, 60_000);
