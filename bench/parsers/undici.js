// Not public, but what its EventSource parses with.
import { installed } from '../tools/installed.js';

const { EventSourceStream } = installed('undici/lib/web/eventsource/eventsource-stream.js');

export const ids = 'sticky';

/** @type {import('./with_core.js').Parse} */
export default (chunks, take) =>
  new Promise((resolve, reject) => {
    const parser = new EventSourceStream({
      eventSourceSettings: { lastEventId: '', origin: '', reconnectionTime: 3000 },
      push(event) {
        if (event !== null) take(event.type, event.options.lastEventId, event.options.data);
        return true;
      },
    });
    // What it would push to its reader goes to `take`, its end as well: this is the writer's.
    parser.once('error', reject).once('finish', resolve);
    let next = 0;
    const go = () => {
      while (next < chunks.length) {
        const ready = parser.write(chunks[next]);
        next += 1;
        if (!ready) {
          parser.once('drain', go);
          return;
        }
      }
      parser.end();
    };
    go();
  });
