/** A plain HTTP server for a test, on a free port of 127.0.0.1. */
import { once } from 'node:events';
import { createServer } from 'node:http';

/**
 * @param {import('node:http').RequestListener} handle
 * @param {number} [port] A free one without it.
 * @returns {Promise<{port: number, origin: string, close: () => Promise<void>}>}
 */
export async function startHttpServer(handle, port = 0) {
  const server = createServer({ noDelay: true }, handle).listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    port: address.port,
    origin: `http://127.0.0.1:${address.port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
