/** A server of one short stream, which stays open and knows when it is left. */
import { startHttpServer } from '../interop/http_server.js';
import { until } from '../interop/until.js';

const STREAM = 'data: a\n\nevent: tick\ndata: b\n\nevent: last\ndata:\n\n';

export async function startFeed() {
  let requests = 0;
  let open = 0;
  const server = await startHttpServer((request, response) => {
    requests += 1;
    open += 1;
    request.socket.once('close', () => {
      open -= 1;
    });
    if (request.url === '/cut') {
      request.socket.destroy();
      return;
    }
    response.writeHead(200, {
      'access-control-allow-origin': '*',
      connection: 'close',
      'content-type': 'text/event-stream',
    });
    response.write(STREAM);
  });
  return {
    url: `${server.origin}/feed`,
    close: server.close,
    /** How many requests have come since the last time that this was asked. */
    requests() {
      const count = requests;
      requests = 0;
      return count;
    },
    isLeft: () =>
      until(
        () => open === 0,
        'every socket is closed',
        () => open,
      ),
  };
}
