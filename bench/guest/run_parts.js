// Takes apart where the time of an event goes, inside the runtime that is measured. All bytes come from
// memory, so that no network and no fetch() is in it.
import { bytesOfBlocks, blockOf } from '../workloads/encode.js';
import { longText, tickJson, tokenJson } from '../workloads/texts.js';

/**
 * @typedef {object} PartsJob
 * @property {string} module the URL of the bundled insides
 * @property {string[]} parts by name
 * @property {number} measure milliseconds of each part, after as many to warm up
 *
 * @typedef {{items: number, adds: number, pass: () => unknown}} Measured one pass deals with so many items,
 *   and adds so much to the sum
 */

/** Events of the ticks' slice, which then has about 32 KiB. */
const TICKS = 500;

/** Chunks, and turns, of one pass. */
const MANY = 2000;

const LONG = 1_000_000;

const tick = (/** @type {number} */ i) =>
  blockOf({ id: String(100_000 + i), type: 'tick', data: tickJson(i) });
const token = (/** @type {number} */ i) => blockOf({ id: '', type: 'message', data: tokenJson(i) });
const numbers = (/** @type {number} */ count) => Array.from({ length: count }, (_, i) => i);

/** Whatever is computed ends up here, so that no engine leaves it out, and is compared. */
let sum = 0;

/**
 * @param {any} insides
 * @returns {Record<string, () => Measured>}
 */
function makers({ hostCore, EventSource, decodeUtf8, takeTurns, viewOfBytes, ...layout }) {
  const { STAGING_BYTES, STATUS_DONE } = layout;
  const { machine } = hostCore;
  const handle = hostCore.create();
  const words = () => new Int32Array(machine.memory.buffer);
  const output = machine.output() >>> 2;

  const slice = bytesOfBlocks(numbers(TICKS).map(tick));
  const lengthOf = (/** @type {(i: number) => string} */ dataAt, /** @type {number} */ count) =>
    numbers(count).reduce((total, i) => total + dataAt(i).length, 0);
  const tickData = lengthOf(tickJson, TICKS);
  // Besides: the type, the ID, and a separator after each of the three.
  const tickText = tickData + TICKS * ('tick'.length + '100000'.length + 3);
  const tokenData = lengthOf(tokenJson, MANY);
  const tokens = numbers(MANY).map((i) => bytesOfBlocks([token(i)]));
  const long = bytesOfBlocks([blockOf({ id: '', type: 'message', data: longText(1, LONG) })]);
  const longSlices = numbers(Math.ceil(long.length / STAGING_BYTES)).map((i) =>
    long.subarray(i * STAGING_BYTES, (i + 1) * STAGING_BYTES),
  );

  /** @param {Uint8Array} bytes - at most a slice */
  const parse = (bytes) => {
    let parsed = 0;
    do {
      const batch = hostCore.feed(handle, bytes, parsed);
      parsed += hostCore.consumed;
      while (batch?.hasNext) {
        batch.next();
        sum += batch.data.length;
      }
    } while (hostCore.status !== STATUS_DONE);
  };

  const feed = (/** @type {Uint8Array} */ bytes) => {
    new Uint8Array(machine.memory.buffer).set(bytes, (output + layout.STAGED) * 4);
    let parsed = 0;
    let status;
    do {
      sum += machine.feed(handle, parsed, bytes.length - parsed);
      const after = words();
      status = after[output + layout.STATUS];
      parsed += after[output + layout.CONSUMED];
    } while (status !== STATUS_DONE && parsed !== bytes.length);
  };

  /** Decodes what the last feed() gave. */
  const decoding = () => {
    const after = words();
    const address = after[output + layout.TEXT];
    const size = after[output + layout.TEXT_BYTES];
    const bytes = viewOfBytes(machine.memory.buffer);
    return () => (sum += decodeUtf8(bytes, address, address + size).length);
  };

  /** @param {Uint8Array[]} chunks @param {number} passes over them */
  const listening = (chunks, passes) => () =>
    new Promise((resolve) => {
      let left = chunks.length * passes;
      const read = async () =>
        left > 0
          ? { done: false, value: chunks[left-- % chunks.length] }
          : { done: true, value: undefined };
      const response = {
        status: 200,
        url: 'http://127.0.0.1/',
        headers: { get: () => 'text/event-stream' },
        body: { getReader: () => ({ read, cancel() {} }) },
      };
      const source = new EventSource('http://127.0.0.1/', { fetch: async () => response });
      const listener = (/** @type {MessageEvent} */ event) => (sum += event.data.length);
      for (const type of ['tick', 'message']) source.addEventListener(type, listener);
      source.onerror = () => {
        source.close();
        resolve(undefined);
      };
    });

  return {
    feed: () => ({ items: TICKS, adds: TICKS, pass: () => feed(slice) }),
    decode() {
      machine.reset(handle);
      feed(slice);
      return { items: TICKS, adds: tickText, pass: decoding() };
    },
    values: () => ({ items: TICKS, adds: tickData, pass: () => parse(slice) }),
    turn() {
      const pass = async () => {
        let left = MANY;
        await takeTurns(() => --left > 0);
        sum += 1;
      };
      return { items: MANY, adds: 1, pass };
    },
    event: () => ({ items: TICKS * 20, adds: tickData * 20, pass: listening([slice], 20) }),
    'chunk-values': () => ({ items: MANY, adds: tokenData, pass: () => tokens.forEach(parse) }),
    'chunk-event': () => ({ items: MANY, adds: tokenData, pass: listening(tokens, 1) }),
    'byte-feed': () => ({ items: long.length, adds: 1, pass: () => longSlices.forEach(feed) }),
    'byte-decode'() {
      machine.reset(handle);
      longSlices.forEach(feed);
      return {
        items: long.length,
        // A separator, and after the type, which there is none of, another.
        adds: LONG + 2,
        pass: decoding(),
      };
    },
    'byte-values': () => ({
      items: long.length,
      adds: LONG,
      pass: () => longSlices.forEach(parse),
    }),
  };
}

/**
 * @param {Measured} measured
 * @param {number} milliseconds
 * @returns {Promise<{ns: number} | {wrong: string}>} an item
 */
async function time({ items, adds, pass }, milliseconds) {
  sum = 0;
  const start = performance.now();
  for (let passes = 1; ; passes += 1) {
    const waiting = pass();
    if (waiting instanceof Promise) await waiting;
    const took = performance.now() - start;
    if (took < milliseconds) continue;
    const wrong = sum !== passes * adds && `${sum} instead of ${passes * adds}`;
    return wrong ? { wrong } : { ns: (took * 1e6) / (passes * items) };
  }
}

/**
 * @param {PartsJob} job
 * @returns {Promise<Record<string, {ns: number} | {wrong: string}>>}
 */
export async function runParts({ module, parts, measure }) {
  const made = makers(await import(module));
  /** @type {Record<string, {ns: number} | {wrong: string}>} */
  const results = {};
  for (const name of parts) {
    const measured = made[name]();
    await time(measured, measure);
    results[name] = await time(measured, measure);
  }
  return results;
}
