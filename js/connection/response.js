// What a connection needs to know of a response, which a fetch() of the user's own may have made of anything.
import { messageOf } from '../stream/error_message.js';
import { readerOf } from '../stream/byte_source.js';
import { retryAfterOf } from './retry_after.js';
import { originOf } from './url.js';

/**
 * @typedef {object} ReadResponse
 * @property {number} status - 0 where there is none
 * @property {string} contentType - the header's value, empty where there is none
 * @property {Headers} [headers]
 * @property {number} retryAfter - milliseconds; 0 where the server asks for none
 * @property {string} origin - of the final URL, after redirects
 * @property {any} [body]
 * @property {import('../stream/byte_source.js').ByteReader | undefined} [reader] - of the body, where the status is 200
 * @property {unknown} [unreadable] - the exception, where something of this cannot be read
 * @property {boolean} carriesId - whether the server was given the last event ID
 */

/**
 * Never throws: what a getter of somebody else's making throws is told in `unreadable`.
 *
 * @param {import('./request.js').Answer} answer
 * @returns {ReadResponse}
 */
export function readResponse({ response, url, carriesId }) {
  /** @type {ReadResponse} */
  const read = { status: 0, contentType: '', origin: '', retryAfter: 0, carriesId };
  try {
    if (Object(response) !== response || response.type === 'error') {
      throw new TypeError("the option 'fetch' gave no response.");
    }
    read.status = Number(response.status) || 0;
    read.body = response.body;
    const { headers } = response;
    read.headers = headers;
    read.contentType = `${headers.get('content-type') ?? ''}`;
    read.origin = originOf(response.url ?? '') || originOf(url);
    if (read.status === 200) read.reader = readerOf(read.body);
    else read.retryAfter = retryAfterOf(headers);
  } catch (error) {
    read.unreadable = error;
  }
  return read;
}

/**
 * @param {ReadResponse} response - that fails the connection
 * @param {boolean} fits - its status and type are right: what it lacks is a body that can be read
 * @returns {import('./reports.js').Failure}
 */
export function refusal({ status, contentType, headers, unreadable }, fits) {
  if (status !== 200) {
    const message = `The response has the status ${status}, not 200.`;
    return { message, status, headers, reason: 'status' };
  }
  if (unreadable && (fits || contentType === '')) {
    const message = `The response cannot be read: ${messageOf(unreadable)}`;
    return { message, status, headers, error: unreadable, reason: 'refused' };
  }
  const message = `The response has the Content-Type '${contentType}', not 'text/event-stream'.`;
  return { message, status, headers, reason: 'type' };
}
