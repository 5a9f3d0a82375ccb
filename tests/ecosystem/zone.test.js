// zone.js, as Angular uses it: listeners run in the zone in which they were added, as tasks of it.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import puppeteer from 'puppeteer-core';
import { startHttpServer } from '../interop/http_server.js';
import { FLAGS } from '../runtimes/chromium.js';

jest.setTimeout(60_000);

/** @param {string} path from the root of the repository */
const fileOf = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const EVENTS = 'data: a\n\ndata: b\n\nevent: tick\ndata: c\n\nevent: last\ndata:\n\n';

/** @type {Awaited<ReturnType<typeof startHttpServer>>} */
let server;
/** @type {import('puppeteer-core').Browser} */
let browser;
/** @type {Record<string, string>} */
const scripts = {};

/**
 * @param {string} entry
 * @param {string} target of the compiler: from ES2017 on, async functions stay
 */
async function bundled(entry, target) {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      fileOf('tests/ecosystem/node_modules/esbuild/bin/esbuild'),
      fileOf(`js/entries/${entry}.js`),
      '--bundle',
      '--format=iife',
      '--global-name=ours',
      `--target=${target}`,
    ],
    { timeout: 30_000, maxBuffer: 2 ** 22 },
  );
  return stdout;
}

beforeAll(async () => {
  scripts['/zone.js'] = readFileSync(
    fileOf('tests/ecosystem/node_modules/zone.js/bundles/zone.umd.js'),
    'utf8',
  );
  server = await startHttpServer((request, response) => {
    const path = request.url ?? '';
    if (path === '/feed') {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(EVENTS);
    } else if (path in scripts) {
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(scripts[path]);
    } else {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>');
    }
  });
  browser = await puppeteer.launch({ executablePath: '/usr/bin/chromium', args: FLAGS });
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/**
 * @param {'zoneLog' | 'handlerLog'} name
 * @param {string} [script] that makes `ours`
 * @returns {Promise<string[]>}
 */
async function logOf(name, script) {
  scripts['/page.js'] = readFileSync(fileOf('tests/ecosystem/zone_page.js'), 'utf8');
  scripts['/ours.js'] = script ?? '';
  const page = await browser.newPage();
  await page.goto(server.origin);
  await page.addScriptTag({ url: '/zone.js' });
  await page.addScriptTag({ url: '/ours.js' });
  const log = await page.evaluate(
    `import('/page.js').then(({ ${name} }) =>
       ${name}(globalThis.ours ? ours.EventSource : EventSource))`,
  );
  await page.close();
  return /** @type {string[]} */ (log);
}

describe.each([
  ['index', 'es2022'],
  ['index', 'es2016'],
  ['js', 'es2022'],
  ['js', 'es2016'],
])("the entry '%s' for %s", (entry, target) => {
  test("listeners and hooks are called as for the browser's own", async () => {
    const log = await logOf('zoneLog', await bundled(entry, target));
    expect(log).toContain('function in app: b, true');
    expect(log).toEqual(await logOf('zoneLog'));
  });

  test('handlers and capturing listeners have their zones as well', async () => {
    expect(await logOf('handlerLog', await bundled(entry, target))).toEqual([
      'handler open in a',
      'capturing message in b',
      'handler message in b',
      'capturing message in b',
      'handler message in b',
      'function null',
      'capturing message in b',
      'handler open in a',
    ]);
  });
});
