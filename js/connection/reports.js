// What a connection tells its EventSource, as types: nothing is known of the interface here.

/**
 * What an `error` event tells beyond the standard.
 *
 * @typedef {object} FailureOfConnection
 * @property {number} [status] - of the response, where there was one
 * @property {Headers} [headers] - of the response
 * @property {number} [failures] - in a row, this one included
 * @property {number | null} [retryIn] - milliseconds until the next attempt; null where there is none
 * @property {() => Promise<string>} [text] - of the body of a response that is refused
 */
/** @typedef {import('../stream/stream_reader.js').StreamFailure & FailureOfConnection} Failure */

/**
 * What an `open` event tells beyond the standard.
 *
 * @typedef {object} Opening
 * @property {boolean} [resumed] - whether the request carried the last event ID; undefined where there is none
 * @property {number} [status] - of the response
 * @property {Headers} [headers]
 */

/**
 * The source is the first argument of each. After a loss that is final it is told nothing more.
 *
 * @template Source
 * @typedef {object} SourceReports
 * @property {(source: Source, origin: string, opening: Opening) => void} announced
 * @property {(source: Source, batch: import('../core/event_batch.js').EventBatch) => 0 | 1 | 2} dispatch -
 *   the batch's event at hand; gives NO_LISTENER, NEEDS_MICROTASK or NEEDS_TASK
 * @property {(source: Source) => void} interrupted - the stream is not open any more, and nothing has failed so far
 * @property {(source: Source, failure: Failure, isFinal: boolean) => void} lost - be it reestablished or not
 * @property {(error: unknown) => void} thrown - by a function of the user's that has no part in the connection's fate
 */

export {};
