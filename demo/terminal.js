/**
 * Events as lines of a terminal.
 */

/** @typedef {import('./server/machine_figures.js').Figures & { streams: number }} Figures */

// Asked once: NO_COLOR is a convention (https://no-color.org), and a pipe wants plain text.
const COLOURED = Boolean(process.stdout.isTTY) && !process.env.NO_COLOR;

// util.styleText is younger than Node 20.0.
const STYLES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34, cyan: 36 };

/** @type {Record<string, keyof typeof STYLES>} */
const COLOURS = {
  open: 'green',
  resumed: 'green',
  message: 'cyan',
  figures: 'blue',
  error: 'yellow',
  closed: 'red',
};

/**
 * Prints one line: time, kind, id, text.
 * @param {string} kind an event type, or a notice of the connection
 * @param {string} id the event's id; empty for notices
 * @param {string} text
 */
export function printLine(kind, id, text) {
  const time = new Date().toTimeString().slice(0, 8);
  console.log(
    `${paint('dim', time)}  ${paint(COLOURS[kind] ?? 'bold', kind.padEnd(8))} ${paint('dim', id.padEnd(10))} ${text}`,
  );
}

/**
 * @param {string} type the event type
 * @param {string} data the event's data
 * @returns {string} what the event says, in one line
 */
export function describe(type, data) {
  try {
    const value = JSON.parse(data);
    if (type === 'figures') return describeFigures(value);
    if (type === 'message') return `${printable(value.name)}: ${printable(value.text)}`;
    if (type === 'resumed') return describeResumed(value);
  } catch {
    // Whatever it is, it is shown as it came.
  }
  return printable(data);
}

/**
 * @param {Figures} figures
 * @returns {string}
 */
function describeFigures(figures) {
  const gib = (/** @type {number} */ bytes) => (bytes / 2 ** 30).toFixed(1);
  return [
    `load ${figures.load.map((value) => value.toFixed(2)).join(' ')}`,
    `cpu ${figures.cpu === null ? '–' : `${(figures.cpu * 100).toFixed(0)} %`}`,
    `memory ${gib(figures.memory.used)}/${gib(figures.memory.total)} GiB`,
    `up ${describeUptime(figures.uptime)}`,
    `server ${(figures.rss / 2 ** 20).toFixed(0)} MiB`,
    `streams ${figures.streams}`,
  ].join(' · ');
}

/**
 * @param {{ after: string, replayed: number, complete: boolean }} report
 * @returns {string}
 */
function describeResumed({ after, replayed, complete }) {
  const lost = complete ? '' : '; older messages were already forgotten';
  return `after id ${printable(after)}, ${count(replayed, 'event')} replayed${lost}`;
}

/**
 * @param {number} seconds
 * @returns {string}
 */
function describeUptime(seconds) {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days`;
}

/**
 * @param {number} number
 * @param {string} noun in the singular
 * @returns {string}
 */
export function count(number, noun) {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/**
 * @param {keyof typeof STYLES} style
 * @param {string} text
 * @returns {string}
 */
export function paint(style, text) {
  return COLOURED ? `\u001b[${STYLES[style]}m${text}\u001b[0m` : text;
}

/**
 * What visitors write must not move the cursor, change the title or reverse the line.
 * @param {unknown} text
 * @returns {string}
 */
function printable(text) {
  return String(text).replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '�');
}
