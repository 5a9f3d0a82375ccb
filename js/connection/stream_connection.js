// A stream that somebody else has opened: parsed and dispatched, never reconnected. As proposed for the
// HTML Standard in https://github.com/whatwg/html/pull/12272
import { hostCore } from '../core/host_core.js';
import { createHandle, destroyHandle } from '../core/handle.js';
import { cancel } from '../stream/byte_source.js';
import { StreamReader } from '../stream/stream_reader.js';
import { queueTask } from '../stream/task.js';

/** What `origin` is in the events of such a stream. */
const OPAQUE_ORIGIN = 'null';

/**
 * Stands in for Connection where the EventSource was made by fromReadableStream().
 *
 * @template Source
 */
export class StreamConnection {
  #source;
  #reports;
  /** @type {import('../stream/byte_source.js').ByteReader | undefined} until it is read from */
  #reader;
  #stream;
  #closed = false;
  #reconnectionTime = 0;

  /**
   * @param {Source} source
   * @param {import('./connection.js').SourceReports<Source>} reports
   * @param {ReadableStream | null | undefined} stream
   * @param {number} [maxEventSize]
   * @throws {TypeError} when it is no ReadableStream, or a locked one, or null
   */
  constructor(source, reports, stream, maxEventSize) {
    if (typeof stream?.getReader !== 'function') {
      const hint = stream ? '' : ' A response without one has no body: look at its status.';
      throw new TypeError(`EventSource.fromReadableStream: a ReadableStream is required.${hint}`);
    }
    if (stream.locked) {
      throw new TypeError(
        'EventSource.fromReadableStream: the stream is locked to another reader.',
      );
    }
    this.#source = source;
    this.#reports = reports;
    this.#reader = /** @type {any} */ (stream.getReader());
    this.#stream = new StreamReader(createHandle(this, maxEventSize), this, maxEventSize);
  }

  /**
   * For the reader: an event is at hand.
   *
   * @param {import('../core/event_batch.js').EventBatch} batch
   */
  dispatch(batch) {
    return this.#reports.dispatch(this.#source, batch);
  }

  /**
   * For the reader: the stream has ended, or broken off.
   *
   * @param {import('../stream/stream_reader.js').StreamFailure} failure
   */
  ended(failure) {
    this.close();
    this.#reports.failed(this.#source, failure);
  }

  /**
   * For the reader: the stream cannot go on, which is its end as well.
   *
   * @param {import('../stream/stream_reader.js').StreamFailure} failure
   */
  failed(failure) {
    this.ended(failure);
  }

  /** Opens in a task of its own, so that the caller can add its listeners. */
  start() {
    queueTask(() => {
      if (this.#closed) return;
      this.#reports.announced(this.#source, OPAQUE_ORIGIN, { resumed: undefined });
      const reader = this.#reader;
      if (!reader) return;
      this.#reader = undefined;
      this.#stream.start(reader);
    });
  }

  close() {
    if (this.#closed) return;
    this.#reconnectionTime = this.reconnectionTime;
    this.#closed = true;
    this.#stream.stop();
    if (this.#reader) cancel(this.#reader);
    this.#reader = undefined;
    destroyHandle(this.#stream.handle);
  }

  /** @returns {number} the reconnection time that the stream has set, in milliseconds */
  get reconnectionTime() {
    return this.#closed
      ? this.#reconnectionTime
      : hostCore.machine.reconnection_time(this.#stream.handle.value);
  }

  reset() {
    if (!this.#closed) this.#stream.reset();
  }
}
