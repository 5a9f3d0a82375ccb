/**
 * Stands in for the native module that React Native's XMLHttpRequest calls, with Node's HTTP: on iOS
 * `RCTNetworking.mm`, on Android `NetworkingModule.kt`. It tells of a response as they do, in the same events.
 */
import { request } from 'node:http';
// React Native has one of its own.
import { URL } from 'node:url';

const REDIRECTS = [301, 302, 303, 307, 308];
const MOST_REDIRECTS = 20;

/** @typedef {{id: number, url: string, method: string, headers: Record<string, string>, data: Data, incremental: boolean}} Query */

/**
 * What JavaScript makes of a body: text, bytes, or the parts of a form; nothing for none.
 *
 * @typedef {{string?: string, base64?: string, formData?: {string: string, headers: Record<string, string>}[]}} Data
 */

const BOUNDARY = 'part-of-a-form';

/**
 * @param {Data} data
 * @returns {Buffer | undefined}
 */
function bodyOf({ string: text, base64, formData }) {
  if (base64 !== undefined) return Buffer.from(base64, 'base64');
  if (text !== undefined) return Buffer.from(text);
  if (!formData) return undefined;
  const parts = formData.map(({ string: value, headers }) => {
    const lines = Object.entries(headers).map((header) => `${header.join(': ')}\r\n`);
    return `--${BOUNDARY}\r\n${lines.join('')}\r\n${value}\r\n`;
  });
  return Buffer.from(`${parts.join('')}--${BOUNDARY}--\r\n`);
}

/**
 * Both platforms decode by what the server says.
 *
 * @param {string} contentType
 */
function decoderFor(contentType) {
  const [, charset = 'utf-8'] = /;\s*charset="?([^\s;"]+)/i.exec(contentType) ?? [];
  try {
    // Neither drops a byte order mark.
    return new TextDecoder(charset, { ignoreBOM: true });
  } catch {
    return new TextDecoder('utf-8', { ignoreBOM: true });
  }
}

class Networking {
  #emit;
  /** @type {Map<number, import('node:http').ClientRequest>} */
  #open = new Map();

  /** @param {(type: string, body: any[]) => void} emit */
  constructor(emit) {
    this.#emit = emit;
  }

  /**
   * @param {Query} query
   * @param {number} redirects How many there were.
   */
  send(query, redirects = 0) {
    const { id, url, method, headers, data } = query;
    const fail = (/** @type {string} */ message) => {
      if (!this.#open.delete(id)) return;
      this.#emit('didCompleteNetworkResponse', [id, message, false]);
    };
    const bytes = Object.entries(headers).map(([name, value]) => [
      name,
      // Node's header values are bytes, theirs are text.
      Buffer.from(value, 'utf8').toString('latin1'),
    ]);
    const body = bodyOf(data);
    if (data.formData) bytes.push(['Content-Type', `multipart/form-data; boundary=${BOUNDARY}`]);
    if (body) bytes.push(['Content-Length', `${body.length}`]);
    const sent = request(url, { method, headers: Object.fromEntries(bytes), agent: false });
    this.#open.set(id, sent);
    sent.on('error', ({ message }) => fail(message));
    sent.on('response', (message) => {
      const { statusCode = 0, headers: received } = message;
      if (REDIRECTS.includes(statusCode) && received.location !== undefined) {
        message.resume();
        if (redirects === MOST_REDIRECTS) fail('too many redirects');
        else this.send({ ...query, url: new URL(received.location, url).href }, redirects + 1);
        return;
      }
      this.#receive(query, message, fail);
    });
    sent.end(body);
  }

  /**
   * @param {Query} query
   * @param {import('node:http').IncomingMessage} message
   * @param {(message: string) => void} fail
   */
  #receive({ id, url, incremental }, message, fail) {
    const headers = Object.fromEntries(
      Object.entries(message.headers).map(([name, value]) => [name, String(value)]),
    );
    this.#emit('didReceiveNetworkResponse', [id, message.statusCode, headers, url]);
    const decoder = decoderFor(message.headers['content-type'] ?? '');
    let loaded = 0;
    let text = '';
    message.on('data', (chunk) => {
      if (!this.#open.has(id)) return;
      loaded += chunk.length;
      const piece = decoder.decode(chunk, { stream: true });
      if (incremental) this.#emit('didReceiveNetworkIncrementalData', [id, piece, loaded, -1]);
      else text += piece;
    });
    message.on('error', ({ message: reason }) => fail(reason));
    message.on('end', () => {
      if (!this.#open.delete(id)) return;
      if (!incremental) this.#emit('didReceiveNetworkData', [id, text]);
      this.#emit('didCompleteNetworkResponse', [id, null, false]);
    });
  }

  /** @param {number} id */
  abort(id) {
    const sent = this.#open.get(id);
    this.#open.delete(id);
    sent?.destroy();
  }
}

/** What each platform's JavaScript calls. @type {Record<string, (networking: Networking) => object>} */
const SHAPES = {
  ios(networking) {
    let ids = 0;
    return {
      /** @param {any} query @param {(id: number) => void} callback */
      sendRequest({ method, url, headers, data, incrementalUpdates }, callback) {
        const id = ++ids;
        // Native code runs on a thread of its own.
        setImmediate(() => {
          callback(id);
          networking.send({ id, url, method, headers, data, incremental: incrementalUpdates });
        });
      },
      abortRequest: (/** @type {number} */ id) => networking.abort(id),
    };
  },
  android(networking) {
    return {
      /**
       * @param {string} method @param {string} url @param {number} id @param {[string, string][]} headers
       * @param {Data} data @param {string} _type @param {boolean} incremental
       */
      sendRequest(method, url, id, headers, data, _type, incremental) {
        networking.send({
          id,
          url,
          method,
          headers: Object.fromEntries(headers),
          data,
          incremental,
        });
      },
      abortRequest: (/** @type {number} */ id) => networking.abort(id),
    };
  },
};

/**
 * @param {'ios' | 'android'} platform
 * @param {(type: string, body: any[]) => void} emit Tells JavaScript.
 * @returns {any} The native module `Networking`.
 */
export function nativeNetworking(platform, emit) {
  return {
    ...SHAPES[platform](new Networking(emit)),
    clearCookies() {},
    addListener() {},
    removeListeners() {},
  };
}
