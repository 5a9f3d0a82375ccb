// The coverage of js/: what Jest loaded itself, and what the processes ran that its tests started.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { coverageTable } from './counts.js';
import { root } from './paths.js';

/**
 * @param {string} jestFile Jest's coverage-final.json
 * @param {string} childFolder where NODE_V8_COVERAGE had the other processes write
 * @returns {Promise<string[][]>} a table
 */
export async function jsCoverageTable(jestFile, childFolder) {
  // Only here: there may have been no node_modules when the run began.
  const { default: v8ToIstanbul } = await import('v8-to-istanbul');
  const { default: istanbul } = await import('istanbul-lib-coverage');

  const coverage = istanbul.createCoverageMap(JSON.parse(readFileSync(jestFile, 'utf8')));
  for (const { url, functions } of await scriptsOf(childFolder)) {
    const converter = v8ToIstanbul(fileURLToPath(url));
    await converter.load();
    converter.applyCoverage(functions);
    coverage.merge(converter.toIstanbul());
  }

  const summaries = coverage
    .files()
    .sort()
    .map((file) => [path.relative(root, file), coverage.fileCoverageFor(file).toSummary()]);
  const row = ([name, summary]) => [
    name,
    ...['lines', 'functions', 'branches'].map((kind) => summary[kind]),
  ];
  return coverageTable([...summaries, ['all', coverage.getCoverageSummary()]].map(row));
}

/** What all of the processes ran of js/, script by script. */
async function scriptsOf(folder) {
  const { mergeProcessCovs } = await import('@bcoe/v8-coverage');
  const ours = pathToFileURL(path.join(root, 'js', path.sep)).href;
  const processes = [];
  for (const name of readdirSync(folder)) {
    const { result } = JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
    const scripts = result.filter(({ url }) => url.startsWith(ours));
    if (scripts.length > 0) processes.push({ result: scripts });
  }
  return mergeProcessCovs(processes).result;
}
