/**
 * A page whose scheme is not HTTP, as those of applications are: an extension's in Chromium. Its service worker serves
 * the stream, and the browser's own EventSource tells what is right.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rollup } from 'rollup';
import { closeChromium, launchChromium } from './chromium.js';

const MANIFEST = {
  manifest_version: 3,
  name: 'a page with a scheme of its own',
  version: '1',
  background: { service_worker: 'worker.js' },
  content_security_policy: { extension_pages: "script-src 'self' 'wasm-unsafe-eval'" },
};

const WORKER = `
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(clients.claim()));
self.addEventListener('fetch', (event) => {
  if (!event.request.url.endsWith('/feed')) return;
  const headers = { 'Content-Type': 'text/event-stream' };
  event.respondWith(new Response('id: 1\\ndata: hello\\n\\n', { headers }));
});`;

/** Gives what a source on a relative URL receives, up to its first message. */
const RECEIVE = `
globalThis.receive = (EventSource) =>
  new Promise((resolve) => {
    const source = new EventSource('feed');
    const seen = [source.url];
    const listener = ({ type, data, origin, message }) => {
      seen.push([type, data, origin, type === 'error' ? message : undefined]);
      if (type === 'open') return;
      source.close();
      resolve(seen);
    };
    for (const type of ['open', 'message', 'error']) source.addEventListener(type, listener);
  });`;

let folder = '';
let browser;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'eventsource-extension-'));
  const bundle = await rollup({ input: 'js/entries/index.js' });
  await bundle.write({ file: join(folder, 'index.js'), format: 'es' });
  await bundle.close();
  const files = {
    'manifest.json': JSON.stringify(MANIFEST),
    'worker.js': WORKER,
    'page.js': `import { EventSource } from './index.js';\nglobalThis.Ours = EventSource;${RECEIVE}`,
    'page.html': '<!doctype html><script type="module" src="page.js"></script>',
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  browser = await launchChromium({ pipe: true, enableExtensions: [folder] });
}, 90_000);

afterAll(async () => {
  if (browser) await closeChromium(browser);
  await rm(folder, { recursive: true, force: true });
});

test('a relative URL in a page with a scheme of its own is fetched, as by the own EventSource', async () => {
  const worker = await browser.waitForTarget((target) => target.type() === 'service_worker');
  const page = await browser.newPage();
  await page.goto(new URL('page.html', worker.url()).href);
  await page.waitForFunction('navigator.serviceWorker.controller && "receive" in globalThis');
  const own = await page.evaluate('receive(globalThis.EventSource)');
  const ours = await page.evaluate('receive(Ours)');
  expect(ours[0]).toMatch(/^chrome-extension:/);
  expect(ours).toEqual(own);
  expect(ours.map(([, data]) => data)).toContain('hello');
}, 60_000);
