// What users may give beside the URL. Whatever it is, it is checked here, once.
import { MAX_EVENT_BYTES } from '../core/record_layout.js';
import { isBody, isStream } from './body.js';
import { mergeHeaders, TOKEN } from './headers.js';
import { defaultFetch } from './host_fetch.js';
import { shown } from './shown.js';
import { warnOfUnknown } from './unknown_options.js';

/**
 * Called before each attempt.
 *
 * @template Value
 * @typedef {(attempt: import('./request.js').Attempt) => Value | PromiseLike<Value>} OfAttempt
 */

/**
 * @typedef {object} Options
 * @property {Record<string, string> | OfAttempt<unknown> | undefined} headers
 * @property {string | undefined} method
 * @property {any} body - or a function that gives one
 * @property {string} lastEventId
 * @property {string | undefined} lastEventIdParam
 * @property {'follow' | 'error'} redirect
 * @property {AbortSignal | undefined} signal
 * @property {number} reconnectionTime - this and all times are in milliseconds
 * @property {number | undefined} maxReconnectionTime
 * @property {'standard' | 'transient'} retry
 * @property {((failure: object) => unknown) | undefined} shouldRetry
 * @property {number | undefined} maxRetries - no limit where it is undefined
 * @property {number | undefined} connectTimeout
 * @property {number | undefined} idleTimeout
 */

/**
 * Shared by all sources without any of these.
 *
 * @type {Readonly<Options>}
 */
export const DEFAULTS = Object.freeze({
  headers: undefined,
  method: undefined,
  body: undefined,
  lastEventId: '',
  lastEventIdParam: undefined,
  redirect: 'follow',
  signal: undefined,
  reconnectionTime: 3000,
  maxReconnectionTime: undefined,
  retry: 'standard',
  shouldRetry: undefined,
  maxRetries: undefined,
  connectTimeout: undefined,
  idleTimeout: undefined,
});

/** @typedef {[allowed: string, fits: (value: any) => boolean, type?: string]} Rule */

/**
 * @param {number} least
 * @param {number} [most]
 * @returns {Rule}
 */
const integer = (least, most = 0x7fffffff) => [
  `an integer from ${least} to ${most}`,
  (value) => Number.isInteger(value) && value >= least && value <= most,
  'number',
];

/**
 * @param {string} allowed
 * @param {RegExp} pattern
 * @returns {Rule}
 */
const text = (allowed, pattern) => [allowed, (value) => pattern.test(value), 'string'];

const time = integer(1);
const retries = integer(0, 0xfffffffe);

/** @type {Record<string, Rule>} where there is no type, anything else is of the wrong one */
const RULES = {
  maxEventSize: integer(1, MAX_EVENT_BYTES),
  headers: [
    'Headers, pairs, a record, or a function that gives one',
    (value) => Object(value) === value && typeof value.then !== 'function',
  ],
  method: text(
    'a method, but not CONNECT, TRACE or TRACK',
    RegExp(`^(?!(connect|trac[ek])$)${TOKEN.source.slice(1)}`, 'i'),
  ),
  body: [
    'a string, bytes, a Blob, FormData, URLSearchParams or a function',
    (value) => value === null || typeof value === 'function' || isBody(value),
  ],
  lastEventId: text('a string without U+0000, LF and CR', /^[^\0\n\r]*$/),
  lastEventIdParam: text('a string that is not empty', /[^]/),
  redirect: text("'follow' or 'error'", /^(follow|error)$/),
  signal: [
    'an AbortSignal',
    (value) =>
      value === null ||
      (typeof value.aborted === 'boolean' && typeof value.addEventListener === 'function'),
  ],
  reconnectionTime: integer(0),
  maxReconnectionTime: time,
  retry: text("'standard' or 'transient'", /^(standard|transient)$/),
  shouldRetry: ['a function', (value) => typeof value === 'function'],
  maxRetries: [
    `${retries[0]}, or Infinity`,
    (value) => value === Infinity || retries[1](value),
    'number',
  ],
  connectTimeout: time,
  idleTimeout: time,
};

/**
 * @param {string} name - of an option
 * @param {any} value - that it cannot have
 * @param {string} [hint]
 * @returns {TypeError | RangeError}
 */
export function refusal(name, value, hint = '') {
  const [allowed, , type] = RULES[name];
  const Kind = typeof value === type ? RangeError : TypeError;
  return new Kind(
    `EventSource: the option '${name}' must be ${allowed}, not ${shown(value)}${hint}.`,
  );
}

/**
 * @param {any} init
 * @param {string} name
 * @returns {any} undefined where it is not given
 */
function read(init, name) {
  const value = init[name];
  if (value === undefined) return value;
  const [, fits, type] = RULES[name];
  if ((!type || typeof value === type) && fits(value)) return value;
  let hint;
  if (name === 'body' && Object(value) === value) {
    hint =
      isStream(value) || value[Symbol.asyncIterator]
        ? ': it can be sent once; give a function that makes one for each attempt'
        : ': use JSON.stringify()';
  }
  throw refusal(name, value, hint);
}

/**
 * @param {any} init
 * @returns {number | undefined} bytes, which may be left out
 * @throws {TypeError} when it is no number
 * @throws {RangeError} when it is no integer from 1 to MAX_EVENT_BYTES
 */
export const readMaxEventSize = (init) => read(init, 'maxEventSize');

/** @param {string} value */
const toScalarValues = (value) => value.replace(/\p{Surrogate}/gu, '\ufffd');

/**
 * @param {any} init - an object
 * @returns {{maxEventSize: number | undefined, unref: unknown, withCredentials: unknown,
 *   fetch: typeof globalThis.fetch, options: Readonly<Options>}}
 * @throws {TypeError} naming what is of the wrong type
 * @throws {RangeError} naming what has a value that is not allowed
 */
export function readOptions(init) {
  const { fetch = defaultFetch() } = init;
  const maxEventSize = readMaxEventSize(init);
  const { unref, withCredentials } = init;
  if (fetch === undefined) {
    throw new TypeError(
      "EventSource: no fetch() here: give the option 'fetch' (in a testEnvironment: this.global.fetch = fetch).",
    );
  }
  if (typeof fetch !== 'function') {
    throw new TypeError("EventSource: the option 'fetch' must be a function.");
  }
  warnOfUnknown(init);
  /** @type {any} */
  let options = DEFAULTS;
  for (const name in DEFAULTS) {
    const value = read(init, name);
    if (value === undefined) continue;
    if (options === DEFAULTS) options = { ...DEFAULTS };
    options[name] = value;
  }
  if (options !== DEFAULTS) {
    const { headers, method, body, lastEventId, lastEventIdParam, signal, maxRetries } = options;
    if ((body ?? undefined) !== undefined && /^(get|head)$/i.test(method)) {
      throw refusal('method', method, ": it has no 'body'");
    }
    Object.assign(options, {
      // An iterator gives its pairs once.
      headers: headers && typeof headers !== 'function' ? mergeHeaders({}, headers) : headers,
      body: body ?? undefined,
      lastEventId: toScalarValues(lastEventId),
      lastEventIdParam: lastEventIdParam && toScalarValues(lastEventIdParam),
      signal: signal ?? undefined,
      maxRetries: maxRetries === Infinity ? undefined : maxRetries,
    });
  }
  return { maxEventSize, unref, withCredentials, fetch, options };
}
