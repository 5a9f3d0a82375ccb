// The shim: the distributed files, and the tests in Node and in Chromium.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { countJest } from './counts.js';
import { jsCoverageTable } from './js_coverage.js';
import { buildFolder, logFolder } from './paths.js';
import { StepFailure } from './scheduler.js';

/** @type {import('./scheduler.js').Step[]} */
export const jsSteps = [
  {
    name: 'dist',
    group: 'dist',
    needs: ['node_modules'],
    async run(context) {
      const { output } = await context.exec('npm', ['run', '--silent', 'build']);
      const sizes = [...output.matchAll(/^dist\/(\S+): (\d+) bytes/gm)];
      return { note: sizes.map(([, name, size]) => `${name} ${size} bytes gzipped`).join(', ') };
    },
  },
  {
    name: 'jest',
    group: 'jest',
    needs: [
      'packages',
      'node_modules',
      'runtimes',
      'interop',
      'compilers',
      'examples',
      'lowered',
      'ecosystem',
      'react_native',
    ],
    after: ['dist'],
    wholeMachine: true,
    run: jest,
  },
];

async function jest(context) {
  const file = path.join(logFolder, 'jest.json');
  const coverage = path.join(buildFolder, 'jest-coverage');
  const children = path.join(coverage, 'children');
  rmSync(file, { force: true });
  rmSync(coverage, { recursive: true, force: true });
  mkdirSync(children, { recursive: true });
  const { code, timedOut } = await context.exec(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--no-warnings=ExperimentalWarning',
      'node_modules/jest/bin/jest.js',
      '--ci',
      '--coverage',
      '--json',
      `--outputFile=${file}`,
    ],
    { check: false, seconds: 1000, env: { EVENTSOURCE_CHILD_COVERAGE: children } },
  );
  const end = timedOut ? 'Jest did not come to its end' : `Jest ended with ${code}`;
  if (!existsSync(file)) throw new StepFailure(`${end}, without a result`);
  const { passed, failed, skipped } = countJest(JSON.parse(readFileSync(file, 'utf8')));
  const outcome = {
    passed,
    failed,
    note: `${passed + failed} tests${skipped ? `, ${skipped} skipped` : ''}`,
    counts: { 'Jest tests': passed + failed },
  };
  const loaded = path.join(coverage, 'coverage-final.json');
  if (existsSync(loaded)) {
    const rows = await jsCoverageTable(loaded, children);
    outcome.table = { title: 'Coverage of js/ by Jest and the processes it started', rows };
  }
  if (failed > 0) throw new StepFailure(`${failed} tests failed`, outcome);
  if (code !== 0) throw new StepFailure(end, outcome);
  return outcome;
}
