// A stream that somebody else has opened: parsed and dispatched, never reconnected. As proposed for the
// HTML Standard in https://github.com/whatwg/html/pull/12272

/** What `origin` is in the events of such a stream. */
export const OPAQUE_ORIGIN = 'null';

/**
 * @param {any} stream
 * @throws {TypeError} when it is no ReadableStream, or a locked one, or null
 */
export function requireStream(stream) {
  if (typeof stream?.getReader !== 'function') {
    const hint = stream ? '' : ' The response has no body.';
    throw new TypeError(`EventSource.fromReadableStream: a ReadableStream is required.${hint}`);
  }
  if (stream.locked) {
    throw new TypeError('EventSource.fromReadableStream: the stream is locked.');
  }
}
