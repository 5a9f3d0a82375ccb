// What `npm test` runs, in a fresh clone where nothing but Node is installed: it gets what is missing,
// then checks, builds and tests everything. `node tests/run.js --help` tells the options.
//
// Only Node's own modules may be imported here and in tests/tools/: there is no node_modules yet.
import os from 'node:os';
import { mkdirSync } from 'node:fs';
import { killAll } from './tools/child.js';
import { groups, helpText, parseOptions } from './tools/options.js';
import { logFolder } from './tools/paths.js';
import { printReport, printResult } from './tools/report.js';
import { runSteps, withDependencies } from './tools/scheduler.js';
import { checkSteps } from './tools/steps_check.js';
import { jsSteps } from './tools/steps_js.js';
import { nativeSteps } from './tools/steps_native.js';
import { setupSteps } from './tools/steps_setup.js';
import { wasmSteps } from './tools/steps_wasm.js';

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    killAll();
    process.exit(1);
  });
}

const options = parseOptions(process.argv.slice(2));
if (options.help) {
  console.log(helpText);
} else if (options.error) {
  console.error(`${options.error}\n\n${helpText}`);
  process.exitCode = 2;
} else if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(`This needs Node 20 or later; it runs on ${process.version}.`);
  process.exitCode = 2;
} else {
  mkdirSync(logFolder, { recursive: true });
  const selected = options.only ?? groups;
  // The order in which they start, as far as their needs and the cores allow. Jest comes last and has
  // all cores for itself, because it measures times.
  const all = [...setupSteps(selected), ...checkSteps, ...nativeSteps, ...wasmSteps, ...jsSteps];
  const steps = withDependencies(all, (step) => selected.includes(step.group));
  const started = performance.now();
  const results = await runSteps(steps, {
    slots: os.availableParallelism(),
    onResult: printResult,
  });
  printReport(results, (performance.now() - started) / 1000);
  if (results.some((result) => result.failed > 0)) process.exitCode = 1;
}
