/**
 * A slow, obvious event stream parser: the oracle of the differential tests. It follows the HTML
 * Standard, section 9.2.6, word by word over the whole stream at once, and shares nothing with the
 * parser it judges. Keep it dull.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */

/** The longest delay that timers can hold; a larger `retry` value is clamped to it. */
const MAX_RECONNECTION_TIME = 2147483647;

/**
 * @typedef {object} ParsedEvent
 * @property {string} type
 * @property {string} data
 * @property {string} lastEventId
 */

/**
 * @typedef {object} ParsedStream
 * @property {ParsedEvent[]} events the events, in the order in which they are dispatched
 * @property {string} lastEventId the last event ID string after the stream ended
 * @property {number | null} reconnectionTime milliseconds, or null when the stream never set it
 */

/**
 * The lines of a decoded stream, without their ends. What follows the last line end is no line.
 *
 * @param {string} text
 * @returns {string[]}
 */
function splitIntoLines(text) {
  const lines = [];
  let line = '';
  for (let i = 0; i < text.length; i += 1) {
    if (text[i] === '\r' && text[i + 1] === '\n') {
      lines.push(line);
      line = '';
      i += 1;
    } else if (text[i] === '\r' || text[i] === '\n') {
      lines.push(line);
      line = '';
    } else {
      line += text[i];
    }
  }
  return lines;
}

/**
 * @param {Uint8Array} bytes a whole event stream, from its first byte to its end
 * @returns {ParsedStream}
 */
export function referenceParse(bytes) {
  // UTF-8 decode: one byte order mark at the very start goes, any other stays.
  let text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  if (text.startsWith('\uFEFF')) text = text.slice(1);

  /** @type {ParsedEvent[]} */
  const events = [];
  let lastEventId = '';
  /** @type {number | null} */
  let reconnectionTime = null;

  let dataBuffer = '';
  let eventTypeBuffer = '';
  let lastEventIdBuffer = '';

  const dispatchTheEvent = () => {
    lastEventId = lastEventIdBuffer;
    if (dataBuffer === '') {
      eventTypeBuffer = '';
      return;
    }
    if (dataBuffer.endsWith('\n')) dataBuffer = dataBuffer.slice(0, -1);
    const type = eventTypeBuffer === '' ? 'message' : eventTypeBuffer;
    events.push({ type, data: dataBuffer, lastEventId });
    dataBuffer = '';
    eventTypeBuffer = '';
  };

  /**
   * @param {string} field
   * @param {string} value
   */
  const processTheField = (field, value) => {
    if (field === 'event') {
      eventTypeBuffer = value;
    } else if (field === 'data') {
      dataBuffer += value;
      dataBuffer += '\n';
    } else if (field === 'id') {
      if (!value.includes('\0')) lastEventIdBuffer = value;
    } else if (field === 'retry') {
      if (/^[0-9]+$/.test(value)) {
        const milliseconds = BigInt(value);
        reconnectionTime =
          milliseconds > BigInt(MAX_RECONNECTION_TIME)
            ? MAX_RECONNECTION_TIME
            : Number(milliseconds);
      }
    }
  };

  for (const line of splitIntoLines(text)) {
    if (line === '') {
      dispatchTheEvent();
    } else if (line.startsWith(':')) {
      // A comment.
    } else if (line.includes(':')) {
      const colon = line.indexOf(':');
      const field = line.slice(0, colon);
      let value = line.slice(colon + 1);
      if (value.startsWith(' ')) value = value.slice(1);
      processTheField(field, value);
    } else {
      processTheField(line, '');
    }
  }

  // The end of the stream: whatever is pending is discarded.
  return { events, lastEventId, reconnectionTime };
}
