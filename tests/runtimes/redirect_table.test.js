/** What redirects take along is as docs/api.md says: `node tests/runtimes/redirect_table.js` writes it there. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { documented } from './redirect_table/table.js';

const PROGRAM = fileURLToPath(new URL('redirect_table.js', import.meta.url));

/** Milliseconds. */
const LONGEST = 180_000;

/** @type {string} */
let measured;
beforeAll(async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, '--check'], {
    timeout: LONGEST - 5000,
  });
  measured = stdout;
}, LONGEST);

test('the table in the document is what is measured now', async () => {
  expect(`${(await documented()).table}\n`).toBe(measured);
});

test('the hosts whose redirects we follow take nothing to another origin, and all to the same', () => {
  const [first] = measured.split(/^\| [A-Z]/m).slice(1);
  const cells = (/** @type {string} */ line) => line.split('|').map((cell) => cell.trim());
  const rows = `| N${first}`.trim().split('\n').map(cells);
  expect(rows[0][1]).toBe('Node 20, Node 22, Node 24, Node 26, Deno, Bun, workerd');
  // To, status, method, headers, Authorization, Cookie, Last-Event-ID, lastEventIdParam, body.
  expect(rows.map((row) => row.slice(2, -1))).toEqual([
    ['the same origin', '301, 302, 303', 'GET', 'goes', 'goes', 'goes', 'goes', '–', '–'],
    ['the same origin', '307, 308', 'POST', 'goes', 'goes', 'goes', 'goes', '–', 'goes'],
    ['another', '301, 302, 303', 'GET', '–', '–', '–', '–', '–', '–'],
    ['another', '307, 308', 'POST', '–', '–', '–', '–', '–', '–'],
  ]);
});
