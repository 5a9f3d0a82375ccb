/** The table of what redirects take along, as it stands in docs/api.md between two comments. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { PARTS } from './measure.js';

/** @typedef {import('./measure.js').Seen} Seen */

export const DOCUMENT = fileURLToPath(new URL('../../../docs/api.md', import.meta.url));

const LEGEND = `Measured by \`node tests/runtimes/redirect_table.js\`, with \`withCredentials\`: ours sent a POST with a header, a token and a
last event ID; the browsers' own EventSource can send a cookie and the ID alone. Browsers send the cookies that they have for the host, and the other origin
was another port of the same one. With \`lastEventIdParam\` the ID is in the URL that was asked for, and a redirect leads to another.`;

const BEGIN = '<!-- redirect-table -->\n';
const END = '<!-- /redirect-table -->';

/**
 * @template Value
 * @param {Value[]} values
 * @param {(value: Value) => string} like
 * @returns {Value[][]} Those that are alike together, in the order of the first of each.
 */
function grouped(values, like) {
  /** @type {Map<string, Value[]>} */
  const groups = new Map();
  for (const value of values) {
    const key = like(value);
    groups.set(key, [...(groups.get(key) ?? []), value]);
  }
  return [...groups.values()];
}

/** @param {Seen} seen */
const outcome = ({ method, parts }) => JSON.stringify([method, parts]);

/**
 * @param {Seen[]} seen
 * @param {boolean} isOurs
 * @returns {string[][]} Rows, without whose they are.
 */
function rowsOf(seen, isOurs) {
  const sorted = [...seen].sort((a, b) => a.status - b.status);
  return /** @type {const} */ (['same', 'other']).flatMap((origin) =>
    grouped(
      sorted.filter((each) => each.origin === origin),
      outcome,
    ).map((alike) => {
      const [{ method, parts }] = alike;
      return [
        origin === 'same' ? 'the same origin' : 'another',
        alike.map(({ status }) => status).join(', '),
        method || 'refused',
        ...PARTS.map((part) => {
          const cannot = !isOurs && !['Cookie', 'Last-Event-ID'].includes(part);
          return cannot ? '' : parts.includes(part) ? 'goes' : '–';
        }),
      ];
    }),
  );
}

/**
 * @param {Map<string, Seen[]>} all By name; those of the browsers' own end in `own`.
 * @returns {string[]} Lines of Markdown.
 */
function linesOf(all) {
  const subjects = [...all].map(([name, seen]) => ({
    name,
    rows: rowsOf(seen, !name.endsWith(' own')),
  }));
  const head = ['where', 'to', 'status', 'method', ...PARTS.map((part) => `\`${part}\``)];
  const rows = grouped(subjects, ({ rows: each }) => JSON.stringify(each)).flatMap((alike) =>
    alike[0].rows.map((row, index) => [
      index === 0 ? alike.map(({ name }) => name).join(', ') : '',
      ...row,
    ]),
  );
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

/**
 * @param {Map<string, Seen[]>} all
 * @returns {Promise<string>} As prettier has it.
 */
export async function tableOf(all) {
  const { format, resolveConfig } = await import('prettier');
  const options = { ...(await resolveConfig(DOCUMENT)), parser: 'markdown' };
  return format(`${linesOf(all).join('\n')}\n\n${LEGEND}`, options);
}

/**
 * @returns {Promise<{before: string, table: string, after: string}>} The document, and the table in it without the empty
 *   lines around.
 */
export async function documented() {
  const text = await readFile(DOCUMENT, 'utf8');
  const begin = text.indexOf(BEGIN) + BEGIN.length;
  const end = text.indexOf(END);
  if (begin < BEGIN.length || end < begin) throw new Error(`${DOCUMENT} has no ${BEGIN}`);
  return {
    before: text.slice(0, begin),
    table: `${text.slice(begin, end).trim()}\n`,
    after: text.slice(end),
  };
}
