/**
 * Prints how many bytes are kept for each of some idle sources that had one large batch of events.
 *
 *     node --expose-gc tests/js/kept_texts_child.js FIRST LAST [reset]
 *
 * The batch is the block FIRST, an event of 60,000 bytes, and the block LAST, an event. In both, `\n` is a
 * line end and `#` the number of the source. With `reset`, the source is reset() at the first event, while
 * the others of the batch, all with IDs, are still to come.
 */
import { EventSource } from '../../js/entries/index.js';

const SOURCES = 20;
const [first, last, resets] = process.argv.slice(2).map((text) => text.replaceAll('\\n', '\n'));
const { gc } = /** @type {any} */ (globalThis);

/**
 * In a function of its own: what listeners close over is kept alive.
 *
 * @param {number} i
 */
function streamOf(i) {
  const data = `${resets ? 'id: another\n' : ''}data: ${String(i % 10).repeat(60_000)}`;
  const text = `${first}\n\n${data}\n\n${last}\n\n`.replaceAll('#', String(i));
  const { readable, writable } = new TransformStream();
  writable.getWriter().write(new TextEncoder().encode(text));
  return readable;
}

/** @param {number} i */
async function idleSource(i) {
  const source = EventSource.fromReadableStream(streamOf(i));
  const type = /^event: (.*)$/m.exec(last)?.[1] ?? 'message';
  await new Promise((resolve) => {
    source.addEventListener(type, ({ data }) => {
      if (resets) source.reset();
      if (resets || data === 'last') resolve(undefined);
    });
  });
  return source;
}

async function used() {
  for (let i = 0; i < 4; i++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    gc();
  }
  return process.memoryUsage().heapUsed;
}

const sources = [await idleSource(0)];
const before = await used();
for (let i = 1; i <= SOURCES; i++) sources.push(await idleSource(i));
const bytes = ((await used()) - before) / SOURCES;
console.log(JSON.stringify({ bytes, lastEventId: sources[SOURCES].lastEventId }));
for (const source of sources) source.close();
