/**
 * The server's half of the `text/event-stream` format: fields and comments as text.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */

/**
 * @param {{ type: string, data: string, id?: string }} event an event; without `id` it leaves the
 *   client's last event ID as it is
 * @returns {string} its block, with the empty line that dispatches it
 */
export function formatEvent({ type, data, id }) {
  let block = '';
  // "message" is the type of an event without an `event` field.
  if (type !== 'message') block += `event: ${type}\n`;
  if (id !== undefined) block += `id: ${id}\n`;
  // Each line of the data needs a field of its own; the parser joins them with LF again.
  for (const line of data.split(/\r\n|\r|\n/)) block += `data: ${line}\n`;
  return `${block}\n`;
}

/**
 * @param {string} text one line
 * @returns {string} a comment, which no listener ever sees
 */
export function formatComment(text) {
  return `: ${text}\n\n`;
}

/**
 * @param {number} milliseconds
 * @returns {string} the field that sets the client's reconnection time
 */
export function formatRetry(milliseconds) {
  return `retry: ${milliseconds}\n\n`;
}
