// What a person sees of a run.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.js';
import { countVectors } from './counts.js';

const tailLines = 80;
const marks = { ok: 'ok     ', failed: 'FAILED ', skipped: 'skipped', 'not run': 'NOT RUN' };

/** @param {import('./scheduler.js').Result} result */
export function printResult(result) {
  const { name, state, seconds, outcome, message, log } = result;
  const note = outcome.note ? `  ${outcome.note}` : '';
  console.log(`${marks[state]} ${name.padEnd(16)} ${seconds.toFixed(1).padStart(6)} s${note}`);
  if (state !== 'failed') return;
  const shown = path.relative(root, log);
  console.log(`\n--- ${name}: ${message}\n--- the end of ${shown}:\n${tail(log)}\n---\n`);
}

/**
 * @param {import('./scheduler.js').Result[]} results
 * @param {number} seconds
 */
export function printReport(results, seconds) {
  for (const { outcome } of results) {
    if (outcome.table) console.log(`\n${outcome.table.title}\n${formatTable(outcome.table.rows)}`);
  }
  const rows = [['step', 'state', 'seconds', 'passed', 'failed', '']];
  for (const result of results) {
    const { name, state, passed, failed, outcome } = result;
    rows.push([
      name,
      state,
      result.seconds.toFixed(1),
      `${passed}`,
      `${failed}`,
      outcome.note ?? '',
    ]);
  }
  console.log(`\n${formatTable(rows)}`);

  const counts = {};
  for (const { outcome } of results) {
    for (const [label, count] of Object.entries(outcome.counts ?? {})) {
      counts[label] = Math.max(counts[label] ?? 0, count);
    }
  }
  const vectors = countVectors();
  if (vectors > 0) counts['vector cases'] = vectors;
  const figures = Object.entries(counts).map(([label, count]) => `${count} ${label}`);
  if (figures.length > 0) console.log(`\n${figures.join(', ')}`);

  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  console.log(`\n${seconds.toFixed(0)} seconds`);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
}

/**
 * @param {string[][]} rows the heading first; columns of figures are set flush right
 * @returns {string}
 */
export function formatTable(rows) {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  const figures = rows[0].map((_, i) => rows.slice(1).every((row) => /^[\d.% /]*$/.test(row[i])));
  const line = (row) =>
    row.map((cell, i) => (figures[i] ? cell.padStart(widths[i]) : cell.padEnd(widths[i])));
  const rule = widths.map((width) => '-'.repeat(width));
  return [line(rows[0]), rule, ...rows.slice(1).map(line)]
    .map((cells) => cells.join('  ').trimEnd())
    .join('\n');
}

function tail(file) {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-tailLines).join('\n');
  } catch {
    return '(empty)';
  }
}
