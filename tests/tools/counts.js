// Reads figures out of what the test runners and the coverage tools write.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { filesIn, root } from './paths.js';

/**
 * @param {object} json what GoogleTest's --gtest_output=json writes
 */
export function countGtest(json) {
  const tests = json.testsuites.flatMap((suite) => suite.testsuite);
  const failed = tests.filter(({ failures }) => failures !== undefined).length;
  const skipped = tests.filter(({ result }) => result !== 'COMPLETED').length;
  return { passed: tests.length - failed - skipped, failed, skipped };
}

/**
 * @param {string} output of the programs that replay a fuzz corpus
 * @returns {number} how many inputs
 */
export function countReplayed(output) {
  return [...output.matchAll(/replayed (\d+) inputs/g)].reduce((sum, [, n]) => sum + Number(n), 0);
}

/**
 * @param {object} json what `jest --json` writes
 */
export function countJest(json) {
  return {
    passed: json.numPassedTests,
    // A file that could not even be loaded counts as one failed test.
    failed: json.numFailedTests + json.numRuntimeErrorTestSuites,
    skipped: json.numPendingTests + json.numTodoTests,
  };
}

/** @returns {number} the cases in tests/vectors/*.json */
export function countVectors() {
  let count = 0;
  for (const file of filesIn('tests/vectors', '.json')) {
    const json = JSON.parse(readFileSync(path.join(root, file), 'utf8'));
    const cases = Array.isArray(json) ? json : (json.cases ?? json.vectors ?? []);
    count += cases.length;
  }
  return count;
}

/**
 * @param {object} json what `llvm-cov export -summary-only` writes
 * @returns {string[][]} a table
 */
export function llvmCoverageTable(json) {
  const { files, totals } = json.data[0];
  const row = (name, summary) => [
    name,
    ...['lines', 'functions', 'branches'].map((kind) => ({
      covered: summary[kind].covered,
      total: summary[kind].count,
    })),
  ];
  return coverageTable([
    ...files.map(({ filename, summary }) => row(path.relative(root, filename), summary)),
    row('all', totals),
  ]);
}

/**
 * @param {[string, ...{ covered: number, total: number }[]][]} rows file, lines, functions, branches
 * @returns {string[][]} the same as text, with a heading
 */
export function coverageTable(rows) {
  const share = ({ covered, total }) => {
    const percent = total === 0 ? 100 : (100 * covered) / total;
    return `${covered}/${total} ${percent.toFixed(1).padStart(5)} %`;
  };
  return [
    ['file', 'lines', 'functions', 'branches'],
    ...rows.map(([name, ...figures]) => [name, ...figures.map(share)]),
  ];
}
