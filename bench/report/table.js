/**
 * @typedef {object} Table
 * @property {string} [title]
 * @property {string[]} head
 * @property {string[][]} rows
 * @property {string[]} [notes] one for each cell that holds no figure
 */

/** @typedef {import('../engine.js').Gathered} Gathered */

/**
 * @param {Gathered | undefined} gathered
 * @param {(samples: import('../engine.js').Samples) => string} show
 * @param {(reason: string) => void} note
 * @returns {string}
 */
export function cell(gathered, show, note) {
  if (!gathered) return '';
  if (gathered.wrong) {
    note(gathered.wrong);
    return 'wrong';
  }
  if (gathered.unavailable) {
    note(gathered.unavailable);
    return '–';
  }
  return Object.keys(gathered.samples).length === 0 ? '' : show(gathered.samples);
}

/** @param {string} text */
const inOneLine = (text) => text.replace(/\s+/g, ' ').slice(0, 220);

/**
 * @param {object} options
 * @param {string} [options.title]
 * @param {string} options.corner the head of the first column
 * @param {{title: string, by: {[name: string]: Gathered}}[]} options.rows
 * @param {{[name: string]: string}} options.columns titles by name; those without any cell are left out
 * @param {(samples: import('../engine.js').Samples, row: number) => string} options.show
 * @returns {Table}
 */
export function tableOf({ title, corner, rows, columns, show }) {
  const names = Object.keys(columns).filter((name) => rows.some(({ by }) => by[name]));
  /** @type {Map<string, string[]>} where each reason holds */
  const reasons = new Map();
  const body = rows.map((row, index) => [
    row.title,
    ...names.map((name) =>
      cell(
        row.by[name],
        (samples) => show(samples, index),
        (reason) => {
          const key = `${columns[name]}: ${inOneLine(reason)}`;
          reasons.set(key, [...(reasons.get(key) ?? []), row.title]);
        },
      ),
    ),
  ]);
  const notes = [...reasons].map(([reason, where]) =>
    where.length === rows.length ? reason : `${reason} (${where.join('; ')})`,
  );
  return { title, head: [corner, ...names.map((name) => columns[name])], rows: body, notes };
}

/**
 * @param {Table} table
 * @returns {string} Markdown
 */
export function markdownTable({ title, head, rows, notes = [] }) {
  const line = (/** @type {string[]} */ cells) =>
    `| ${cells.map((each) => each.replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = head.map((_, i) => (i === 0 ? '---' : '---:'));
  const wrong = (/** @type {string[]} */ cells) =>
    cells.map((each) => (each === 'wrong' ? '**wrong**' : each));
  return [
    ...(title ? [`**${title}**`, ''] : []),
    line(head),
    line(rule),
    ...rows.map((cells) => line(wrong(cells))),
    '',
    // As code, because reasons quote what implementations say.
    ...notes.map((note) => `- \`${note.replaceAll('`', "'")}\``),
    '',
  ].join('\n');
}
