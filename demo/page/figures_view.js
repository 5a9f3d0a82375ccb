/**
 * The machine's figures at the top of the page, each with the line of its last minute.
 */

import { formatBytes, formatShare, formatUptime } from './format.js';
import { drawSparkline, WINDOW_MS } from './svg.js';

/** @typedef {import('../server/machine_figures.js').Figures & { streams: number }} Figures */
/** @typedef {import('./feed.js').ReceivedEvent} ReceivedEvent */

/**
 * What a card shows: its big value, the line below, the value drawn, and the height of the drawing.
 * @typedef {object} Card
 * @property {string} key the card's element in the page
 * @property {(figures: Figures) => string} value
 * @property {(figures: Figures) => string} detail
 * @property {(figures: Figures) => number | null} drawn
 * @property {(values: number[]) => { lowest: number, highest: number }} scale
 */

/** @type {Card[]} */
const CARDS = [
  {
    key: 'cpu',
    value: ({ cpu }) => formatShare(cpu),
    detail: ({ cores, uptime }) =>
      `${cores === 1 ? '1 core' : `${cores} cores`}, up ${formatUptime(uptime)}`,
    drawn: ({ cpu }) => cpu,
    scale: (values) => ({ lowest: 0, highest: Math.max(0.2, ...values) }),
  },
  {
    key: 'load',
    value: ({ load }) => load[0].toFixed(2),
    detail: ({ load }) => `${load[1].toFixed(2)} in 5 min, ${load[2].toFixed(2)} in 15`,
    drawn: ({ load }) => load[0],
    scale: (values) => ({ lowest: 0, highest: Math.max(0.5, ...values) * 1.1 }),
  },
  {
    key: 'memory',
    value: ({ memory }) => formatBytes(memory.used),
    detail: ({ memory }) =>
      `${formatShare(memory.used / memory.total)} of ${formatBytes(memory.total)}`,
    drawn: ({ memory }) => memory.used,
    scale: closeUp,
  },
  {
    key: 'rss',
    value: ({ rss }) => formatBytes(rss),
    detail: () => 'held by the demo server',
    drawn: ({ rss }) => rss,
    scale: closeUp,
  },
  {
    key: 'streams',
    value: ({ streams }) => String(streams),
    detail: ({ streams }) => (streams === 1 ? 'connection open' : 'connections open'),
    drawn: ({ streams }) => streams,
    scale: (values) => ({ lowest: 0, highest: Math.max(4, ...values) }),
  },
];

/**
 * Memory hardly moves against all there is; what can be seen is its change.
 * @param {number[]} values
 * @returns {{ lowest: number, highest: number }}
 */
function closeUp(values) {
  const lowest = Math.min(...values);
  const highest = Math.max(...values);
  // Without a margin a change of one page would look like a mountain.
  const margin = Math.max((highest - lowest) * 0.25, highest * 0.01);
  return { lowest: lowest - margin, highest: highest + margin };
}

export class FiguresView {
  #root;
  /** By id, because four contexts bring the same figures. @type {Map<string, Figures>} */
  #known = new Map();

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#root = root;
  }

  /** @param {ReceivedEvent[]} events figures from any of the contexts */
  add(events) {
    const unknown = events.filter(({ id }) => !this.#known.has(id));
    if (unknown.length === 0) return;
    for (const { id, data } of unknown) this.#known.set(id, JSON.parse(data));
    const series = [...this.#known].sort(([, a], [, b]) => takenAt(a) - takenAt(b));
    const newest = takenAt(series[series.length - 1][1]);
    this.#known = new Map(
      series.filter(([, figures]) => newest - takenAt(figures) < 2 * WINDOW_MS),
    );
    this.#draw([...this.#known.values()]);
  }

  /** @param {Figures[]} series oldest first */
  #draw(series) {
    const latest = series[series.length - 1];
    for (const card of CARDS) {
      const element = find(this.#root, `[data-figure="${card.key}"]`);
      find(element, '.figure-value').textContent = card.value(latest);
      find(element, '.figure-detail').textContent = card.detail(latest);
      const points = series.flatMap((figures) => {
        const value = card.drawn(figures);
        return value === null ? [] : [{ at: takenAt(figures), value }];
      });
      const scale = card.scale(points.map(({ value }) => value));
      drawSparkline(find(element, 'svg'), points, scale);
    }
  }
}

/**
 * @param {Figures} figures
 * @returns {number}
 */
function takenAt({ time }) {
  return Date.parse(time);
}

/**
 * @param {Element} root
 * @param {string} selector
 * @returns {any}
 */
function find(root, selector) {
  const found = root.querySelector(selector);
  if (!found) throw new Error(`the page lacks ${selector}`);
  return found;
}
