/**
 * Small drawings: the line of the last minute, and the strip of a connection's states.
 */

const SVG = 'http://www.w3.org/2000/svg';

/** How far back both drawings look. */
export const WINDOW_MS = 60_000;

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 * @returns {SVGElement}
 */
function element(name, attributes) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  return node;
}

/**
 * @typedef {object} Point
 * @property {number} at milliseconds since the epoch
 * @property {number} value
 */

/**
 * Draws the values of the last minute as a line over a soft area.
 * @param {SVGElement} svg with the viewBox `0 0 120 32`
 * @param {Point[]} points oldest first
 * @param {{ lowest: number, highest: number }} scale the values at the bottom and at the top
 */
export function drawSparkline(svg, points, { lowest, highest }) {
  const newest = points.at(-1)?.at ?? 0;
  const x = (/** @type {Point} */ { at }) => 120 - (120 * (newest - at)) / WINDOW_MS;
  const y = (/** @type {Point} */ { value }) => {
    const share = (value - lowest) / (highest - lowest || 1);
    return 30 - 28 * Math.min(1, Math.max(0, share));
  };
  const shown = points.filter((point) => x(point) >= -2);
  if (shown.length < 2) {
    svg.replaceChildren();
    return;
  }
  const line = shown.map((point) => `${x(point).toFixed(2)} ${y(point).toFixed(2)}`).join(' L ');
  svg.replaceChildren(
    element('path', {
      class: 'spark-area',
      d: `M ${x(shown[0]).toFixed(2)} 32 L ${line} L 120 32 Z`,
    }),
    element('path', { class: 'spark-line', d: `M ${line}` }),
  );
}

const STATE_NAMES = ['connecting', 'open', 'closed'];

/**
 * Draws which state the connection was in during the last minute, and when events arrived.
 * @param {SVGElement} svg with the viewBox `0 0 600 20`
 * @param {{ readyState: number, at: number }[]} states changes of state, oldest first
 * @param {number[]} arrivals when events arrived
 * @param {number} now milliseconds since the epoch
 */
export function drawTimeline(svg, states, arrivals, now) {
  const x = (/** @type {number} */ at) => Math.max(0, 600 - (600 * (now - at)) / WINDOW_MS);
  const bars = states.map(({ readyState, at }, index) => {
    const until = states[index + 1]?.at ?? now;
    return { name: STATE_NAMES[readyState], from: x(at), width: x(until) - x(at) };
  });
  svg.replaceChildren(
    element('rect', { class: 'track', x: 0, y: 6, width: 600, height: 8 }),
    ...bars
      .filter(({ width }) => width > 0)
      .map(({ name, from, width }) =>
        element('rect', { class: `state-${name}`, x: from, y: 6, width, height: 8 }),
      ),
    ...arrivals
      .filter((at) => now - at < WINDOW_MS)
      .map((at) => element('rect', { class: 'arrival', x: x(at) - 1, y: 2, width: 2, height: 16 })),
  );
}
