// Whatever is tried in a host, nothing is thrown where all of it works: the first exception takes Chromium 2.6 ms.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import puppeteer from 'puppeteer-core';
import { startHttpServer } from '../interop/http_server.js';
import { FLAGS } from './chromium.js';

jest.setTimeout(60_000);

/** @type {Awaited<ReturnType<typeof startHttpServer>>} */
let server;
/** @type {import('puppeteer-core').Browser} */
let browser;

beforeAll(async () => {
  const script = readFileSync(new URL('../../dist/index.js', import.meta.url));
  server = await startHttpServer((request, response) => {
    const isFeed = request.url === '/feed';
    const type = isFeed ? 'event-stream' : request.url === '/index.js' ? 'javascript' : 'html';
    response.writeHead(200, { 'content-type': `text/${type}` });
    if (isFeed) response.write('data: a\n\n');
    else response.end(type === 'javascript' ? script : '<!doctype html>');
  });
  browser = await puppeteer.launch({ executablePath: '/usr/bin/chromium', args: FLAGS });
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

test('none is thrown in Chromium, from the import to the end of the first stream', async () => {
  const page = await browser.newPage();
  await page.goto(server.origin);
  const session = await page.createCDPSession();
  /** @type {(string | undefined)[]} */
  const thrown = [];
  session.on('Debugger.paused', ({ data }) => {
    thrown.push(/** @type {any} */ (data)?.description);
    session.send('Debugger.resume').catch(() => {});
  });
  await session.send('Debugger.enable');
  await session.send('Debugger.setPauseOnExceptions', { state: 'all' });
  const data = await page.evaluate(
    `import('/index.js').then(({ EventSource }) => new Promise((resolve) => {
       const source = new EventSource('/feed');
       source.onmessage = ({ data }) => { source.close(); setTimeout(() => resolve(data), 20); };
     }))`,
  );
  expect([data, ...thrown]).toEqual(['a']);
  // It would be seen.
  await page.evaluate('(() => { try { null.x; } catch {} })()');
  expect(thrown).toHaveLength(1);
});
