/**
 * Finding a port: the one asked for, or the next that is free.
 */

// Someone with twenty servers in a row on consecutive ports will rather choose one.
const MOST_ATTEMPTS = 20;
const HOST = '127.0.0.1';

/**
 * @param {import('node:http').Server} server
 * @param {number} wanted the port asked for
 * @returns {Promise<number>} the port it listens on
 */
export async function listen(server, wanted) {
  let port = wanted;
  for (;;) {
    try {
      return await listenOn(server, port);
    } catch (error) {
      const { code } = /** @type {NodeJS.ErrnoException} */ (error);
      if (code !== 'EADDRINUSE') throw explain(error, port);
      if (port === 65535 || port - wanted + 1 === MOST_ATTEMPTS) {
        throw new Error(
          `The ports ${wanted} to ${port} are all in use. Choose another with --port.`,
          { cause: error },
        );
      }
      port += 1;
    }
  }
}

/**
 * @param {import('node:http').Server} server
 * @param {number} port
 * @returns {Promise<number>}
 */
function listenOn(server, port) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => {
      server.off('error', reject);
      resolve(/** @type {import('node:net').AddressInfo} */ (server.address()).port);
    });
  });
}

/**
 * @param {unknown} error
 * @param {number} port
 * @returns {unknown}
 */
function explain(error, port) {
  if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EACCES') return error;
  return new Error(`Not allowed to listen on port ${port}. Choose another with --port.`, {
    cause: error,
  });
}
