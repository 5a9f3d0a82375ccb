/**
 * A source under observation. Its functions are the same in Node and in Chromium, so that one test can be
 * run in both; they are asynchronous because Chromium is another process.
 */
import { EventSource } from '../../js/entries/index.js';
import { until } from './until.js';

/**
 * @typedef {object} Seen
 * @property {string} type
 * @property {string} [data] Of events of the stream alone.
 * @property {string} [lastEventId] The same.
 * @property {number} readyState
 * @property {number} [status] Of errors alone, where a response was refused.
 */

/** Which events are looked at: the tests' servers send no others. */
export const TYPES = ['open', 'message', 'tick', 'iteration', 'stream', 'error'];

export class Subscriber {
  /**
   * @param {() => Seen[] | Promise<Seen[]>} seen All that was seen so far.
   * @param {() => void | Promise<void>} close
   */
  constructor(seen, close) {
    this.seen = seen;
    this.close = close;
  }

  /** @returns {Promise<Seen[]>} What the stream has brought. */
  async events() {
    return (await this.seen()).filter(({ data }) => data !== undefined);
  }

  /** @returns {Promise<(string | undefined)[]>} */
  async data() {
    return (await this.events()).map(({ data }) => data);
  }

  /** @returns {Promise<Seen[]>} */
  async errors() {
    return (await this.seen()).filter(({ type }) => type === 'error');
  }

  /**
   * @param {number} count
   * @returns {Promise<Seen[]>} The events, when there are so many.
   */
  async eventsReach(count) {
    const reached = async () => (await this.events()).length >= count;
    await until(reached, `there were ${count} events`, this.seen);
    return this.events();
  }

  /**
   * @param {number} count
   * @returns {Promise<Seen[]>} The errors, when there are so many.
   */
  async errorsReach(count) {
    const reached = async () => (await this.errors()).length >= count;
    await until(reached, `there were ${count} errors`, this.seen);
    return this.errors();
  }
}

/** @type {InstanceType<typeof EventSource>[]} */
const open = [];

/**
 * Opens a source in this process.
 *
 * @param {string} url
 * @param {object} [init]
 */
export function subscribe(url, init) {
  const source = new EventSource(url, init);
  open.push(source);
  /** @type {Seen[]} */
  const seen = [];
  for (const name of TYPES) {
    source.addEventListener(name, (/** @type {any} */ { type, data, lastEventId, status }) => {
      const { readyState } = source;
      seen.push(JSON.parse(JSON.stringify({ type, data, lastEventId, readyState, status })));
    });
  }
  return new Subscriber(
    () => seen,
    () => source.close(),
  );
}

/** Closes all that subscribe() opened: for `afterEach`. */
export function closeAll() {
  for (const source of open.splice(0)) source.close();
}
