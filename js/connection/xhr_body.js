// The text of an XMLHttpRequest as it arrives, in bytes: docs/decisions/0030-fetch-over-xmlhttprequest.md
import { encodeUtf8 } from './utf8_encoder.js';

/** The end of a line and the empty line after it. */
const END_OF_BLOCK = /(?:\r\n|\n|\r(?!\n))(?:\r\n|\n|\r)/g;

/** How long that is at most. */
const LONGEST_END = 4;

/**
 * @param {string} text
 * @param {number} from
 * @returns {number} where its last block ends, if that is not before `from`; or 0
 */
function endOfBlock(text, from) {
  const start = Math.max(0, from - LONGEST_END);
  let end = 0;
  for (const { index, 0: found } of text.slice(start).matchAll(END_OF_BLOCK)) {
    end = start + Number(index) + found.length;
  }
  return end < from ? 0 : end;
}

/** @typedef {{done: boolean, value?: Uint8Array}} Result */

/** A body, and its one reader. */
export class XhrBody {
  #xhr;
  #maxCharacters;
  #abandon;
  /** How much of `responseText` has been taken over. */
  #taken = 0;
  /** What has been taken over and not been read. */
  #text = '';
  #isOver = false;
  /** @type {unknown} why it broke off */
  #failure;
  /** @type {{resolve: (result: Result) => void, reject: (error: unknown) => void} | undefined} */
  #waiting;

  /**
   * @param {XMLHttpRequest} xhr
   * @param {number} maxCharacters - after which the body ends, if the host lets go of none
   * @param {() => void} abandon - called when the rest of the response is not wanted
   */
  constructor(xhr, maxCharacters, abandon) {
    this.#xhr = xhr;
    this.#maxCharacters = maxCharacters;
    this.#abandon = abandon;
    if (typeof xhr.overrideMimeType === 'function') {
      // The stream is UTF-8 whatever the server says.
      xhr.overrideMimeType('text/event-stream; charset=utf-8');
      // Where this exists, a byte order mark is dropped, and the parser would take a second one for the first.
      this.#text = '\ufeff';
    }
  }

  getReader() {
    return this;
  }

  /** @returns {Promise<Result>} */
  read() {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#serve();
    });
  }

  cancel() {
    if (!this.#isOver) this.#abandon();
    this.#text = '';
    this.end();
  }

  /** Takes over what has arrived: after an error the host has it no longer, or a message in its place. */
  take() {
    const xhr = this.#xhr;
    const { responseText } = xhr;
    const before = this.#taken;
    this.#taken = responseText.length;
    if (typeof Reflect.get(xhr, '_response') === 'string') {
      // React Native joins what comes next to this.
      Reflect.set(xhr, '_response', '');
      this.#taken = xhr.responseText.length;
    }
    const end = this.#taken > this.#maxCharacters ? endOfBlock(responseText, before) : 0;
    this.#text += responseText.slice(before, end || undefined);
    if (end > 0) {
      this.#abandon();
      this.end();
    } else this.#serve();
  }

  /** @param {unknown} [failure] - why it broke off; nothing where it came to its end */
  end(failure) {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#failure = failure;
    this.#serve();
  }

  /** Gives what there is to who waits for it. */
  #serve() {
    const waiting = this.#waiting;
    const text = this.#text;
    let end = text.length;
    // Half a surrogate pair waits for the other half.
    if (!this.#isOver && (text.charCodeAt(end - 1) & 0xfc00) === 0xd800) end--;
    if (!waiting || (end === 0 && !this.#isOver)) return;
    this.#waiting = undefined;
    this.#text = text.slice(end);
    if (end > 0) waiting.resolve({ done: false, value: encodeUtf8(text.slice(0, end)) });
    else if (this.#failure) waiting.reject(this.#failure);
    else waiting.resolve({ done: true, value: undefined });
  }
}
