// Measures one parser on all shapes, inside the runtime that is measured.
import { expectedTally, Tally } from '../workloads/tally.js';
import { shapes } from '../workloads/shapes.js';

/**
 * @typedef {object} ParseJob
 * @property {string} module the URL of the parser's bundle
 * @property {string[]} shapes by name
 * @property {number} warmUp milliseconds of each shape before the measured ones
 * @property {number} measure milliseconds of each shape, at least; passes are whole
 *
 * @typedef {{ns: number, passMs: number} | {wrong: string} | {unavailable: string}} ShapeResult the time
 *   of one pass, per byte or per event and as a whole
 */

/** Milliseconds: a pass that takes longer is long enough to be its own warm-up and its own measurement. */
const LONG_PASS = 400;

/** Milliseconds: after a pass that took longer, one of four times the size would take minutes. */
const TWIN_LIMIT = 2000;

/**
 * @param {ParseJob} job
 * @returns {Promise<Record<string, ShapeResult> | {unavailable: string}>}
 */
export async function runParse({ module, shapes: names, warmUp, measure }) {
  let loaded;
  try {
    loaded = await import(module);
  } catch (error) {
    return { unavailable: `it does not load: ${error}` };
  }
  const { default: parse, ids } = loaded;
  /** @type {Record<string, ShapeResult>} */
  const results = {};
  let before;
  for (const name of names) {
    const shape = shapes[name];
    if (shape.twin && before && 'passMs' in before && before.passMs > TWIN_LIMIT) {
      results[name] = { unavailable: 'left out: the smaller one takes too long already' };
    } else {
      results[name] = await measureShape(parse, shape, ids === 'sticky', warmUp, measure);
    }
    before = results[name];
  }
  return results;
}

/**
 * @param {import('../parsers/with_core.js').Parse} parse
 * @param {import('../workloads/shapes.js').Shape} shape
 * @param {boolean} sticky
 * @param {number} warmUp
 * @param {number} measure
 * @returns {Promise<ShapeResult>}
 */
async function measureShape(parse, { build, per }, sticky, warmUp, measure) {
  const { chunks, events } = build(sticky);
  const eventAt = (/** @type {number} */ i) => events[i] ?? { id: '', type: '', data: '' };
  const expected = expectedTally(eventAt, events.length);
  // Every pass is checked; the first one in full.
  const pass = async (/** @type {number} */ sampleEvery) => {
    const tally = new Tally(eventAt, sampleEvery);
    const take = tally.take.bind(tally);
    await parse(chunks, (type, id, data) => take(type, id, data));
    return tally.complaint(expected);
  };
  const passes = async (/** @type {number} */ milliseconds) => {
    const start = performance.now();
    let complaint = '';
    for (let count = 1; ; count += 1) {
      complaint ||= await pass(1000);
      const took = performance.now() - start;
      if (took >= milliseconds) return { took: took / count, complaint };
    }
  };
  try {
    const start = performance.now();
    let complaint = await pass(1);
    let took = performance.now() - start;
    if (!complaint && took < LONG_PASS) {
      complaint = (await passes(warmUp)).complaint;
      if (!complaint) ({ took, complaint } = await passes(measure));
    }
    if (complaint) return { wrong: complaint };
    const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    return { ns: (took * 1e6) / (per === 'byte' ? bytes : events.length), passMs: took };
  } catch (error) {
    return { wrong: String(error) };
  }
}
