// What users may give beside the URL. Whatever it is, it is checked here, once.
import { MAX_EVENT_BYTES } from '../core/record_layout.js';
import { isBody } from './body.js';
import { mergeHeaders } from './headers.js';
import { defaultFetch } from './host_fetch.js';
import { mismatch } from './shown.js';
import { warnOfUnknown } from './unknown_options.js';

/**
 * Called before each attempt.
 *
 * @template Value
 * @typedef {(attempt: import('./request.js').Attempt) => Value | PromiseLike<Value>} OfAttempt
 */

/**
 * @typedef {object} Options
 * @property {Record<string, string> | OfAttempt<unknown>} [headers]
 * @property {string} [method]
 * @property {any} [body] - or a function that gives one
 * @property {string} lastEventId
 * @property {string} [lastEventIdParam]
 * @property {'follow' | 'error'} redirect
 * @property {AbortSignal | null} [signal]
 * @property {number} reconnectionTime - this and all times are in milliseconds
 * @property {number} [maxReconnectionTime]
 * @property {'standard' | 'transient'} retry
 * @property {((failure: object) => unknown)} [shouldRetry]
 * @property {number} [maxRetries] - no limit where it is undefined
 * @property {number} [connectTimeout]
 * @property {number} [idleTimeout]
 */

/**
 * Shared by all sources without any of these.
 *
 * @type {Readonly<Options>}
 */
export const DEFAULTS = Object.freeze({
  lastEventId: '',
  redirect: 'follow',
  reconnectionTime: 3000,
  retry: 'standard',
});

/**
 * What is allowed, in words; whether a value is; and its type, where a value of that type can be wrong.
 *
 * @typedef {[allowed: string, fits: (value: any) => boolean, type?: string]} Rule
 */

/**
 * @param {number} least
 * @param {number} [most]
 * @returns {Rule}
 */
function integer(least, most = 0x7fffffff) {
  return [
    `an integer from ${least} to ${most}`,
    (value) => value === most || (Number.isInteger(value) && value >= least && value < most),
    'number',
  ];
}

/**
 * @param {string} allowed
 * @param {RegExp} pattern
 * @returns {Rule}
 */
function text(allowed, pattern) {
  return [allowed, (value) => pattern.test(value), 'string'];
}

/**
 * @param {string} allowed - in quotes
 * @returns {Rule}
 */
function oneOf(allowed) {
  return [allowed, (value) => allowed.split(' or ').includes(`'${value}'`), 'string'];
}

const time = integer(1);

/** @param {any} value */
const isFunction = (value) => typeof value === 'function';

/** @type {Record<string, Rule>} */
const RULES = {
  headers: [
    'Headers, pairs, a record, or a function',
    (value) => Object(value) === value && !isFunction(value.then),
  ],
  method: text(
    'a method other than CONNECT, TRACE and TRACK, or GET and HEAD with a body',
    /^(?!(connect|trac[ek])$)[\w!#$%&'*+.^`|~-]+$/i,
  ),
  body: [
    'a string (see JSON.stringify), bytes, a Blob, FormData, URLSearchParams, or a function that gives one for each attempt (a stream can be sent once)',
    (value) => value === null || isFunction(value) || isBody(value),
  ],
  lastEventId: text('a string without U+0000, LF and CR', /^[^\0\n\r]*$/),
  lastEventIdParam: text('a string that is not empty', /^\P{Surrogate}+$/u),
  redirect: oneOf("'follow' or 'error'"),
  signal: [
    'an AbortSignal',
    (value) =>
      value === null || (typeof value.aborted === 'boolean' && isFunction(value.addEventListener)),
  ],
  reconnectionTime: integer(0),
  maxReconnectionTime: time,
  retry: oneOf("'standard' or 'transient'"),
  shouldRetry: ['a function', isFunction],
  maxRetries: integer(0, Infinity),
  connectTimeout: time,
  idleTimeout: time,
};

/**
 * @param {string} name - of an option
 * @param {any} value - that it cannot have
 * @param {Rule} [rule]
 * @returns {TypeError | RangeError}
 */
export function refusal(name, value, [allowed, , type] = RULES[name]) {
  const Kind = typeof value === type ? RangeError : TypeError;
  return new Kind(mismatch(`the option '${name}' must be ${allowed}`, value));
}

/**
 * @param {any} init
 * @param {string} name
 * @param {Rule} rule
 * @returns {any} undefined where it is not given
 */
function read(init, name, rule) {
  const value = init[name];
  const [, fits, type = typeof value] = rule;
  if (value === undefined || (typeof value === type && fits(value))) return value;
  throw refusal(name, value, rule);
}

const ofEvents = integer(1, MAX_EVENT_BYTES);

/**
 * @param {any} init
 * @returns {number | undefined} bytes, which may be left out
 * @throws {TypeError} when it is no number
 * @throws {RangeError} when it is no integer from 1 to MAX_EVENT_BYTES
 */
export const readMaxEventSize = (init) => read(init, 'maxEventSize', ofEvents);

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
  for (const name in RULES) {
    const value = read(init, name, RULES[name]);
    if (value === undefined) continue;
    if (options === DEFAULTS) options = { ...DEFAULTS };
    options[name] = value;
  }
  if (options !== DEFAULTS) {
    const { headers, method, body, lastEventId, maxRetries } = options;
    options.body = body ?? undefined;
    if (options.body !== undefined && /^(get|head)$/i.test(method)) throw refusal('method', method);
    // An iterator gives its pairs once.
    if (headers && !isFunction(headers)) options.headers = mergeHeaders({}, headers);
    options.lastEventId = lastEventId.replace(/\p{Surrogate}/gu, '\ufffd');
    if (maxRetries > 0xfffffffe) options.maxRetries = undefined;
  }
  return { maxEventSize, unref, withCredentials, fetch, options };
}
