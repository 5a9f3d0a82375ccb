// An edge route that reads a stream, and answers what it got.
import { EventSource } from 'eventsource-wasm';

export const runtime = 'edge';
export const dynamic = 'force-dynamic';

/** @param {Request} request */
export async function GET(request) {
  const url = String(new URL(request.url).searchParams.get('url'));
  /** @type {unknown[]} */
  const seen = [];
  const source = new EventSource(url);
  await new Promise((resolve) => {
    for (const type of ['open', 'message', 'tick']) {
      source.addEventListener(type, ({ data }) => {
        seen.push([type, data]);
      });
    }
    source.addEventListener('last', resolve);
    source.addEventListener('error', ({ message }) => {
      seen.push(['error', message]);
      resolve(undefined);
    });
  });
  source.close();
  return Response.json(seen);
}
