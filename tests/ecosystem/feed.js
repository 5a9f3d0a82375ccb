/** A server of one short stream, which stays open and knows when it is left. */
import { startHttpServer } from '../interop/http_server.js';
import { sleep, until } from '../interop/until.js';

const STREAM = 'data: a\n\nevent: tick\ndata: b\n\nevent: last\ndata:\n\n';

/** Milliseconds that the answer to '/later' takes: long enough to give it up. */
const LATER = 300;

export async function startFeed() {
  let requests = 0;
  let open = 0;
  const isLeft = () =>
    until(
      () => open === 0,
      'every stream is left',
      () => open,
    );
  const server = await startHttpServer(async (request, response) => {
    const path = request.url;
    if (path === '/left') {
      await isLeft();
      response.end('left');
      return;
    }
    requests += 1;
    if (path === '/cut') {
      request.socket.destroy();
      return;
    }
    open += 1;
    request.socket.once('close', () => {
      open -= 1;
    });
    if (path === '/later') await sleep(LATER);
    response.writeHead(200, {
      'access-control-allow-origin': '*',
      connection: 'close',
      'content-type': 'text/event-stream',
    });
    response.write(STREAM);
  });
  return {
    origin: server.origin,
    url: `${server.origin}/feed`,
    close: server.close,
    /** How many requests for a stream have come since the last time that this was asked. */
    requests() {
      const count = requests;
      requests = 0;
      return count;
    },
    isLeft,
  };
}
