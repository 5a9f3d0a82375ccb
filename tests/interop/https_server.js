/** An HTTP/2 server with TLS that serves Chromium a page, the package, and what a test adds to them. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createSecureServer } from 'node:http2';
import { serveFile } from '../support/static_files.js';
import { makeCertificate } from './certificate.js';

const FILES = new Map([
  [
    '/page',
    {
      type: 'text/html; charset=utf-8',
      body: '<!doctype html><title>interop</title><script type="module" src="/page.js"></script>',
    },
  ],
  [
    '/page.js',
    {
      type: 'text/javascript; charset=utf-8',
      body: readFileSync(new URL('page.js', import.meta.url), 'utf8'),
    },
  ],
]);

/**
 * @param {(url: URL, request: any, response: any) => boolean} handle Says whether it has answered.
 */
export async function startHttpsServer(handle) {
  const server = createSecureServer(await makeCertificate(), (request, response) => {
    const url = new URL(request.url, 'https://127.0.0.1');
    if (handle(url, request, response)) return;
    serveFile(url, /** @type {any} */ (response), FILES).catch((error) => {
      response.writeHead(500).end(String(error));
    });
  });
  /** The connections that are open. @type {Set<import('node:http2').ServerHttp2Session>} */
  const sessions = new Set();
  server.on('session', (session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
  });
  // A browser gives up connections as it likes.
  server.on('sessionError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    origin: `https://127.0.0.1:${port}`,
    async close() {
      for (const session of sessions) session.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
