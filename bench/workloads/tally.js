// What every implementation's events are checked with: cheap enough to run inside what is measured, and
// the same for all of them.

/**
 * An event as a listener sees it. No ID is '', and no type is 'message'.
 *
 * @typedef {{id: string, type: string, data: string}} BenchEvent
 */

/** The type of the event that ends every stream of the benchmark. It is not counted. */
export const END = 'end';

/** Counts events, hashes all of them roughly, and compares every `sampleEvery`th one in full. */
export class Tally {
  count = 0;
  hash = 0;
  /** What was wrong with the first sample that differed; '' while none did. */
  difference = '';
  #eventAt;
  #sampleEvery;
  #nextSample = 0;

  /**
   * @param {(index: number) => BenchEvent} eventAt what is expected
   * @param {number} [sampleEvery] Default: 1000.
   */
  constructor(eventAt, sampleEvery = 1000) {
    this.#eventAt = eventAt;
    this.#sampleEvery = sampleEvery;
  }

  /**
   * @param {string} type
   * @param {string} id
   * @param {string} data
   */
  take(type, id, data) {
    if (this.count === this.#nextSample) this.#compare(type, id, data);
    this.count += 1;
    const last = data.length === 0 ? 0 : data.charCodeAt(data.length - 1);
    const ends = last + type.length * 3 + id.length * 5;
    this.hash = (Math.imul(this.hash, 31) + data.length * 7 + ends) | 0;
  }

  #compare(type, id, data) {
    this.#nextSample += this.#sampleEvery;
    const expected = this.#eventAt(this.count);
    if (expected.data === data && expected.type === type && expected.id === id) return;
    if (this.difference) return;
    const show = (each) => JSON.stringify(each).slice(0, 120);
    this.difference = `event ${this.count}: ${show({ id, type, data })} instead of ${show(expected)}`;
  }

  /**
   * @param {{count: number, hash: number}} expected
   * @returns {string} what is wrong; '' when nothing is
   */
  complaint({ count, hash }) {
    if (this.difference) return this.difference;
    if (this.count !== count) return `${this.count} of ${count} events`;
    return this.hash === hash ? '' : 'the content of some events differs';
  }
}

/**
 * @param {(index: number) => BenchEvent} eventAt
 * @param {number} count
 * @returns {{count: number, hash: number}} what a Tally must arrive at
 */
export function expectedTally(eventAt, count) {
  const tally = new Tally(eventAt, Infinity);
  for (let i = 0; i < count; i += 1) {
    const { type, id, data } = eventAt(i);
    tally.take(type, id, data);
  }
  return { count, hash: tally.hash };
}
