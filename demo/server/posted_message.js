/**
 * What visitors post: read with a bound, checked, and answered with an error that says what is wrong.
 */

/** @typedef {import('node:http').IncomingMessage} IncomingMessage */

const MOST_BODY_BYTES = 8192;
const LONGEST_NAME = 40;
const LONGEST_TEXT = 500;

/** A request that is the client's mistake. */
export class RequestError extends Error {
  /**
   * @param {number} status the HTTP status, 4xx
   * @param {string} message what to do differently
   */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/**
 * @typedef {object} PostedMessage
 * @property {string} name
 * @property {string} text
 */

/**
 * @param {IncomingMessage} request
 * @returns {Promise<PostedMessage>} the message, trimmed and within its limits
 */
export async function readPostedMessage(request) {
  const type = (request.headers['content-type'] ?? '').split(';')[0].trim().toLowerCase();
  // Also what keeps other sites' plain forms out: this type needs a preflight, which gets no answer.
  if (type !== 'application/json') {
    throw new RequestError(415, 'Send the message with "Content-Type: application/json".');
  }
  return checkMessage(parseJson(await readBody(request)));
}

/**
 * @param {IncomingMessage} request
 * @returns {Promise<Uint8Array>}
 */
async function readBody(request) {
  const tooLarge = () =>
    new RequestError(413, `The body may have at most ${MOST_BODY_BYTES} bytes.`);
  if (Number(request.headers['content-length']) > MOST_BODY_BYTES) throw tooLarge();
  return new Promise((resolve, reject) => {
    /** @type {Buffer[]} */
    const chunks = [];
    let length = 0;
    request.on('data', (/** @type {Buffer} */ chunk) => {
      length += chunk.length;
      if (length > MOST_BODY_BYTES) {
        // Not destroyed: the client could not read the answer then.
        request.pause();
        request.removeAllListeners('data');
        reject(tooLarge());
      } else {
        chunks.push(chunk);
      }
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
    request.once('close', () => reject(new RequestError(400, 'The body ended too soon.')));
  });
}

/**
 * @param {Uint8Array} body
 * @returns {unknown}
 */
function parseJson(body) {
  let text;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new RequestError(400, 'The body is not valid UTF-8.');
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new RequestError(400, 'The body is not valid JSON.');
  }
}

/**
 * @param {unknown} value
 * @returns {PostedMessage}
 */
function checkMessage(value) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RequestError(400, 'Send a JSON object, as in {"name": "visitor", "text": "hello"}.');
  }
  const { name = '', text } = /** @type {Record<string, unknown>} */ (value);
  return {
    name: checkField('name', name, LONGEST_NAME) || 'visitor',
    text:
      checkField('text', text, LONGEST_TEXT) || fail('"text" is empty: write something to post.'),
  };
}

/**
 * @param {string} field
 * @param {unknown} value
 * @param {number} longest in characters, as people count them
 * @returns {string}
 */
function checkField(field, value, longest) {
  if (typeof value !== 'string') return fail(`"${field}" must be a string.`);
  // Control characters have no place in a line of chat, and terminals obey some of them.
  const clean = value
    .toWellFormed()
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
  const length = [...clean].length;
  if (length > longest) {
    return fail(`"${field}" may have at most ${longest} characters; this has ${length}.`);
  }
  return clean;
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  throw new RequestError(400, message);
}
