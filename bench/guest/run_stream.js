// Measures one implementation on one workload end to end, inside the runtime that is measured.
import { END, Tally } from '../workloads/tally.js';
import { streamWorkloads } from '../workloads/streams.js';

/**
 * @typedef {object} StreamJob
 * @property {string} module the URL of the implementation's bundle
 * @property {string} workload
 * @property {string[]} bases the server's origins, which many connections are spread over
 * @property {number} count items in the measured stream
 * @property {number} connections how many such streams at the same time
 * @property {number} warmUps how many times at least the same is done before it is measured
 * @property {number} warmUpTime milliseconds that this takes at least
 * @property {{count: number, hash: number, bytes: number}} expected of each stream
 * @property {number} limit milliseconds that a stream may take
 * @property {string} key unique for the job
 *
 * @typedef {object} CpuClock milliseconds of processor time since begin()
 * @property {() => void | Promise<void>} begin
 * @property {() => number | Promise<number>} end
 *
 * @typedef {{ms: number, cpuMs: number} | {wrong: string} | {unavailable: string}} StreamResult
 */

/**
 * @param {StreamJob} job
 * @param {CpuClock} cpu
 * @returns {Promise<StreamResult>}
 */
export async function runStream(job, cpu) {
  let open;
  try {
    const contestant = await import(job.module);
    const reason = contestant.unavailable?.();
    if (reason) return { unavailable: reason };
    open = contestant.default;
  } catch (error) {
    return { unavailable: `it does not load: ${error}` };
  }
  const idle = { begin() {}, end: () => 0 };
  const start = performance.now();
  for (let i = 0; i < job.warmUps || performance.now() - start < job.warmUpTime; i += 1) {
    const warm = await pass(open, { ...job, key: `${job.key}-warm-${i}` }, idle);
    if ('wrong' in warm) return warm;
  }
  return pass(open, job, cpu);
}

/**
 * @param {import('../contestants/by_event_source.js').Open} open
 * @param {StreamJob} job
 * @param {CpuClock} cpu
 * @returns {Promise<StreamResult>}
 */
async function pass(open, job, cpu) {
  const { workload: name, bases, count, expected, limit, key, connections } = job;
  const workload = streamWorkloads[name];
  const path = `/stream?workload=${name}&count=${count}`;
  if (connections === 1) {
    await cpu.begin();
    const { ms, wrong } = await receive(open, `${bases[0]}${path}`, workload, expected, limit)
      .ended;
    const cpuMs = await cpu.end();
    return wrong ? { wrong } : { ms, cpuMs };
  }
  const group = `workload=${name}&count=${count}&group=${key}`;
  const streams = Array.from({ length: connections }, (_, i) =>
    receive(open, `${bases[i % bases.length]}/stream?${group}`, workload, expected, limit),
  );
  await Promise.all(streams.map((stream) => stream.opened));
  await cpu.begin();
  const start = performance.now();
  const { status } = await fetch(`${bases[0]}/go?${group}&of=${connections}`);
  if (status !== 204) return { wrong: `not all of ${connections} connections have come` };
  const ends = await Promise.all(streams.map((stream) => stream.ended));
  const cpuMs = await cpu.end();
  const wrong = ends.find((end) => end.wrong)?.wrong;
  return wrong ? { wrong } : { ms: performance.now() - start, cpuMs };
}

/**
 * Receives one stream. The clock runs from the `open` event, which leaves the connecting out, to the
 * event that ends the stream.
 *
 * @param {import('../contestants/by_event_source.js').Open} open
 * @param {string} url
 * @param {import('../workloads/streams.js').StreamWorkload} workload
 * @param {StreamJob['expected']} expected
 * @param {number} limit
 * @returns {{opened: Promise<void>, ended: Promise<{ms: number, wrong: string}>}} both settle in any
 *   case, and neither rejects
 */
function receive(open, url, workload, expected, limit) {
  const tally = new Tally(
    workload.eventAt ?? (() => ({ id: '', type: '', data: '' })),
    workload.sampleEvery,
  );
  /** @type {() => void} */
  let tellOpened = () => {};
  /** @type {Promise<void>} */
  const opened = new Promise((resolve) => (tellOpened = resolve));
  const ended = new Promise((resolve) => {
    let start = performance.now();
    let over = false;
    let close = () => {};
    const end = (/** @type {string} */ wrong) => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      const ms = performance.now() - start;
      try {
        close();
      } catch (error) {
        wrong ||= `close() threw: ${error}`;
      }
      tellOpened();
      resolve({ ms, wrong });
    };
    const timer = setTimeout(
      () => end(`not over after ${limit / 1000} s: ${tally.count} of ${expected.count} events`),
      limit,
    );
    try {
      close = open(url, {
        types: [...workload.types, END],
        opened() {
          start = performance.now();
          tellOpened();
        },
        event(type, id, data) {
          if (type === END) end(tally.complaint(expected));
          else tally.take(type, id, data);
        },
        body(bytes) {
          end(bytes === expected.bytes ? '' : `${bytes} of ${expected.bytes} bytes`);
        },
        failed: (message) => end(`${message || 'it failed'} after ${tally.count} events`),
      });
      if (over) close();
    } catch (error) {
      end(`it threw: ${error}`);
    }
  });
  return { opened, ended };
}
