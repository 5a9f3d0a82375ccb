// The body of a response that is refused: whoever hears of the failure may read it, and else it is cancelled.
import { viewOfBytes, decodeUtf8 } from '../core/utf8_decoder.js';
import { bytesOf, cancel, readerOf, sizeOf } from '../stream/byte_source.js';
import { abort } from './abort.js';

/** Of an error page, more is of no use to a program; and there may be no end of it. */
const MOST_BYTES = 65536;

export class RefusedBody {
  #body;
  #controller;
  #isReleased = false;
  /** @type {Promise<string> | undefined} */
  #text;

  /**
   * @param {any} body - of the response, or its reader; null or undefined where there is none
   * @param {import('./abort.js').Abortable | undefined} controller - of the request
   */
  constructor(body, controller) {
    this.#body = body;
    this.#controller = controller;
  }

  /**
   * @returns {Promise<string>} at most 64 KiB of it, decoded as UTF-8; rejected where it cannot be read, or is cancelled
   *   already
   */
  text() {
    this.#text ??= this.#read();
    return this.#text;
  }

  /** Cancels it, unless somebody reads it. */
  release() {
    this.#isReleased = true;
    if (!this.#text) this.#end(this.#body);
  }

  /** @param {any} body - or its reader */
  #end(body) {
    cancel(body);
    // What has ended is not aborted: browsers' tools would show it as a failure. Where there is no stream, it may go on.
    if (body !== null) abort(this.#controller);
  }

  async #read() {
    if (this.#isReleased) {
      throw new TypeError("The response's body is gone: call text() in the listener.");
    }
    const body = this.#body ?? null;
    // Node's streams have a read() of another kind.
    const reader = body?.read && !body[Symbol.asyncIterator] ? body : readerOf(body);
    const buffer = new ArrayBuffer(MOST_BYTES);
    const bytes = viewOfBytes(buffer);
    let size = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      const chunk = bytesOf(value);
      const part = chunk.subarray(0, Math.min(sizeOf(chunk), MOST_BYTES - size));
      bytes.set(part, size);
      size += part.length;
      if (size === MOST_BYTES) {
        this.#end(reader);
        break;
      }
    }
    return decodeUtf8(bytes, 0, size).replace(/^\ufeff/, '');
  }
}
