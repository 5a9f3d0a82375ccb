// The memory suite, in a Node process with --expose-gc.
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { streamWorkloads } from '../workloads/streams.js';
import { END, Tally } from '../workloads/tally.js';

/**
 * @typedef {object} MemoryJob
 * @property {'idle' | 'growth' | 'giant'} row
 * @property {string | null} module the URL of the implementation's bundle; null: fetch() and a reader
 * @property {string} base the server's origin
 * @property {number} connections
 * @property {number} count
 * @property {number} warmUp
 * @property {{count: number, hash: number}} [expected]
 */

/** How many connections are being opened at a time. */
const BATCH = 250;

/** @type {WebAssembly.Memory[]} of all instances, which no implementation shows */
const memories = [];

function watchWebAssembly() {
  const { Instance } = WebAssembly;
  WebAssembly.Instance = class extends Instance {
    /** @param {WebAssembly.Module} module @param {WebAssembly.Imports} [imports] */
    constructor(module, imports) {
      super(module, imports);
      const { memory } = this.exports;
      if (memory instanceof WebAssembly.Memory) memories.push(memory);
    }
  };
}

const wasmBytes = () => memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);

/** @returns {Promise<number>} bytes of the JavaScript heap, of buffers and of wasm, after collection */
async function bytesInUse() {
  for (let i = 0; i < 4; i += 1) {
    globalThis.gc?.();
    // Finalizers run in tasks of their own.
    await wait(50);
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external + wasmBytes();
}

/**
 * @param {string} url
 * @param {import('../contestants/by_event_source.js').Sink} sink
 * @returns {() => void}
 */
function openReader(url, { opened, failed }) {
  (async () => {
    const { body } = await fetch(url);
    const reader = /** @type {ReadableStream} */ (body).getReader();
    opened();
    while (!(await reader.read()).done);
  })().catch((error) => failed(String(error)));
  return () => {};
}

/**
 * @param {import('../contestants/by_event_source.js').Open} open
 * @param {MemoryJob} job
 */
async function idle(open, { base, connections }) {
  const url = `${base}/idle`;
  const connect = (/** @type {number} */ count) =>
    Promise.all(
      Array.from(
        { length: count },
        () =>
          new Promise((resolve, reject) => {
            const failed = (/** @type {string} */ message) => reject(new Error(message));
            open(url, {
              types: ['tick'],
              opened: () => resolve(undefined),
              event() {},
              body() {},
              failed,
            });
          }),
      ),
    );
  // What the first connections bring about for all of them does not count.
  await connect(BATCH);
  const before = await bytesInUse();
  for (let done = 0; done < connections; done += BATCH) await connect(BATCH);
  return [((await bytesInUse()) - before) / connections];
}

/**
 * @param {import('../contestants/by_event_source.js').Open} open
 * @param {string} url
 * @param {string[]} types
 * @param {(type: string, id: string, data: string) => void} take
 * @returns {Promise<() => void>} at the event that ends the stream, which stays open; gives what closes it
 */
function receive(open, url, types, take) {
  return new Promise((resolve, reject) => {
    const close = open(url, {
      types: [...types, END],
      opened() {},
      event(type, id, data) {
        if (type === END) setTimeout(() => resolve(close));
        else take(type, id, data);
      },
      body() {},
      failed: (message) => reject(new Error(message)),
    });
  });
}

/**
 * @param {import('../contestants/by_event_source.js').Open} open
 * @param {MemoryJob} job
 */
async function growth(open, { base, count, warmUp, expected }) {
  const { eventAt, types } = streamWorkloads.ticker;
  const url = (/** @type {number} */ n) => `${base}/stream?workload=ticker&hold&count=${n}`;
  (await receive(open, url(warmUp), types, () => {}))();
  const before = await bytesInUse();
  const tally = new Tally(/** @type {any} */ (eventAt));
  const close = await receive(open, url(count), types, (type, id, data) =>
    tally.take(type, id, data),
  );
  const bytes = (await bytesInUse()) - before;
  close();
  const wrong = tally.complaint(/** @type {any} */ (expected));
  if (wrong) throw new Error(wrong);
  return [bytes];
}

/**
 * @param {import('../contestants/by_event_source.js').Open} open
 * @param {MemoryJob} job
 */
async function giant(open, { base }) {
  const bytes = [];
  for (let i = 0; i < 2; i += 1) {
    let length = 0;
    const close = await receive(open, `${base}/giant`, ['message'], (_type, _id, data) => {
      length += data.length;
    });
    close();
    if (length !== 64 * 2 ** 20) throw new Error(`${length} characters instead of 64 Mi`);
    bytes.push(wasmBytes());
  }
  return bytes;
}

/**
 * @param {MemoryJob} job
 * @returns {Promise<{bytes: number[]} | {wrong: string}>}
 */
export async function runMemory(job) {
  watchWebAssembly();
  const open = job.module === null ? openReader : (await import(job.module)).default;
  try {
    return { bytes: await { idle, growth, giant }[job.row](open, job) };
  } catch (error) {
    return { wrong: String(error) };
  }
}
