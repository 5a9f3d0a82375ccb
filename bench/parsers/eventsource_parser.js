import { createParser } from 'eventsource-parser';

/** @type {import('./with_core.js').Parse} */
export default (chunks, take) => {
  const decoder = new TextDecoder();
  const { feed } = createParser({
    onEvent: ({ event = 'message', id = '', data }) => take(event, id, data),
  });
  for (const chunk of chunks) feed(decoder.decode(chunk, { stream: true }));
};
