/**
 * Measures what redirects take along, and prints the table that docs/api.md has:
 *
 *     node tests/runtimes/redirect_table.js           writes it into the document
 *     node tests/runtimes/redirect_table.js --check
 *
 * This needs dist/ (npm run build) and what `npm test` installs.
 */
import { writeFile } from 'node:fs/promises';
import { measureAll } from './redirect_table/subjects.js';
import { documented, DOCUMENT, tableOf } from './redirect_table/table.js';

const table = await tableOf(await measureAll());
console.log(table);
if (!process.argv.includes('--check')) {
  const { before, after } = await documented();
  await writeFile(DOCUMENT, `${before}\n${table}\n${after}`);
}
