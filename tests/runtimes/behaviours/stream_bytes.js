/** Steps of a script, and expectations, for streams that are more than text. */

/** Ends what a case is about, without touching it: the cases are made of whole blocks. */
export const FINISH = 'event: finish\ndata: .\n\n';

/**
 * @param {number[]} values
 * @returns {{base64: string}} A step that writes these bytes.
 */
export function bytes(...values) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  let base64 = '';
  for (let index = 0; index < values.length; index += 3) {
    const [a, b = 0, c = 0] = values.slice(index, index + 3);
    const group = (a << 16) | (b << 8) | c;
    const letters = [18, 12, 6, 0].map((shift) => alphabet[(group >> shift) & 63]);
    const used = Math.min(4, values.length - index + 1);
    base64 += letters.slice(0, used).join('').padEnd(4, '=');
  }
  return { base64 };
}

/**
 * @param {string[]} data
 * @returns {[string, string][]} Type and data of messages.
 */
export function messages(...data) {
  return data.map((text) => /** @type {[string, string]} */ (['message', text]));
}

/**
 * A stream that says nothing. Firefox tells of a response with the first byte of its body, so what waits for
 * `open` and is not about that moment gives it one.
 */
export const QUIET = { chunks: [':\n'] };
