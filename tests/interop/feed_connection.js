/** One response of a feed, compressed or not, and the ways in which it can come to an end. */
import { constants, createBrotliCompress, createGzip } from 'node:zlib';

/** How each content coding is made, and the flush that lets a decoder have all that was written. */
const ENCODINGS = {
  gzip: { create: createGzip, flush: constants.Z_SYNC_FLUSH },
  br: { create: createBrotliCompress, flush: constants.BROTLI_OPERATION_FLUSH },
};

/** @typedef {keyof typeof ENCODINGS} Encoding */

export class Connection {
  #flush = 0;
  /** @type {import('node:zlib').Gzip | import('node:zlib').BrotliCompress | undefined} */
  #compressor;

  /**
   * @param {string} path What was asked for, query included.
   * @param {any} response Of `node:http` or `node:http2`, its head written.
   * @param {Encoding} [encoding]
   */
  constructor(path, response, encoding) {
    this.path = path;
    this.response = response;
    // A client that goes away in the middle of a write is no error of the server's.
    response.on('error', () => {});
    if (encoding === undefined) return;
    const { create, flush } = ENCODINGS[encoding];
    this.#flush = flush;
    this.#compressor = create();
    this.#compressor.on('data', (chunk) => response.write(chunk));
  }

  /**
   * @param {string} text
   * @returns {Promise<void>} Settles when it is with the response, flushed.
   */
  async write(text) {
    const compressor = this.#compressor;
    if (compressor === undefined) {
      this.response.write(text);
      return;
    }
    compressor.write(text);
    await new Promise((resolve) => compressor.flush(this.#flush, () => resolve(undefined)));
  }

  /** Ends the response as it should be, the compressed data included. */
  async end() {
    const compressor = this.#compressor;
    if (compressor !== undefined) {
      await new Promise((resolve) => compressor.once('end', () => resolve(undefined)).end());
    }
    this.response.end();
  }

  /** Ends the response, but not the compressed data in it. */
  truncate() {
    this.response.end();
  }

  /** Ends the response after a block that has begun and that no empty line ends. */
  async truncateInBlock() {
    await this.write('id: 99\ndata: half a block');
    this.response.end();
  }

  /** Ends the response with the first half of the bytes that a compressed block takes. */
  async truncateInBytes() {
    const compressor = this.#compressor;
    if (compressor === undefined) throw new Error('nothing is compressed here');
    /** @type {Buffer[]} */
    const chunks = [];
    compressor.removeAllListeners('data').on('data', (chunk) => chunks.push(chunk));
    await this.write(`id: 99\ndata: ${Buffer.from('no repetition').toString('base64')}\n\n`);
    const bytes = Buffer.concat(chunks);
    this.response.end(bytes.subarray(0, bytes.length >> 1));
  }

  /**
   * Goes on with bytes that no decoder takes for compressed data. The response stays open: in Node 20 and
   * 22 reading a body hangs for ever when its end comes together with the damage, with bare `fetch()` just
   * the same; Node 24 no longer does that.
   */
  damage() {
    this.response.write(Buffer.alloc(64, 0xff));
  }

  /** Cuts the connection (HTTP/1) or the stream (HTTP/2) off. */
  destroy() {
    if (this.response.stream) this.response.stream.close(2 /* INTERNAL_ERROR */);
    else this.response.destroy();
  }
}
