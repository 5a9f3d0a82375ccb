#!/usr/bin/env node
/**
 * Runs the suite in one runtime and prints the results, for debugging and for the Jest files.
 *
 *     node tests/runtimes/cli.js chromium:page --implementation native --filter retry
 *     node tests/runtimes/cli.js node --entry js/entries/js.js
 *     node tests/runtimes/cli.js node --node-option --jitless --json
 */
import { parseArgs } from 'node:util';

const USAGE = `node tests/runtimes/cli.js TARGET [options]
  TARGET            chromium:CONTEXT, firefox:CONTEXT, webkit:CONTEXT or node; node20, node22, node24, node26, deno or bun, each with
                    :esm (default) or :cjs, on the built package; deno:worker; workerd:DATE,
                    workerd:newest,
                    edge-runtime, edge-runtime:strict, quickjs, react-native:ios or
                    react-native:android
  --implementation  ours, js, xhr, native, eventsource or event-source-polyfill (browsers; default ours)
  --entry           module that exports EventSource (node, workerd, edge-runtime, quickjs; default
                    js/entries/index.js)
  --node-option     an option for node itself, may be repeated
  --lacks           a capability that the entry has not, may be repeated (node)
  --flag            a compatibility flag for workerd, may be repeated
  --filter          part of an id or of a section's name; several with commas between
  --concurrency     behaviours at a time
  --json            print the results as JSON alone
  --slow            list the slowest behaviours as well`;

const mainEntry = 'js/entries/index.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    implementation: { type: 'string', default: 'ours' },
    entry: { type: 'string', default: mainEntry },
    'node-option': { type: 'string', multiple: true, default: [] },
    lacks: { type: 'string', multiple: true, default: [] },
    flag: { type: 'string', multiple: true, default: [] },
    filter: { type: 'string' },
    concurrency: { type: 'string' },
    json: { type: 'boolean', default: false },
    slow: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

/** @param {string} target @returns {Promise<import('./run_suite.js').Result[]>} */
async function run(target) {
  const common = {
    filter: values.filter ?? null,
    ...(values.concurrency ? { concurrency: Number(values.concurrency) } : {}),
  };
  const [runtime, context] = target.split(':');
  const implementation = /** @type {'ours'} */ (values.implementation);
  if (runtime === 'chromium') {
    const { runInChromium } = await import('./chromium.js');
    return runInChromium({ ...common, context, implementation });
  }
  if (runtime === 'firefox') {
    const { runInFirefox } = await import('./firefox.js');
    return runInFirefox({ ...common, context, implementation });
  }
  if (runtime === 'webkit') {
    const { runInWebKit } = await import('./webkit.js');
    return runInWebKit({ ...common, context, implementation });
  }
  if (runtime === 'node') {
    const { runInNode } = await import('./node.js');
    const { entry, lacks, 'node-option': nodeOptions } = values;
    return runInNode({ ...common, entry, lacks, nodeOptions });
  }
  const format = /** @type {import('./host_process.js').Format | undefined} */ (context);
  if (/^node\d+$/.test(runtime)) {
    const { runInNodeVersion } = await import('./node_versions.js');
    return runInNodeVersion({ ...common, version: runtime.slice('node'.length), format });
  }
  if (runtime === 'deno') {
    const { runInDeno } = await import('./deno.js');
    if (context === 'worker') return runInDeno({ ...common, worker: true });
    return runInDeno({ ...common, format });
  }
  if (runtime === 'bun') {
    const { runInBun } = await import('./bun.js');
    return runInBun({ ...common, format });
  }
  if (runtime === 'workerd') {
    const { runInWorkerd } = await import('./workerd.js');
    return runInWorkerd({ ...common, entry: values.entry, date: context, flags: values.flag });
  }
  if (runtime === 'edge-runtime') {
    const { runInEdgeRuntime } = await import('./edge_runtime.js');
    return runInEdgeRuntime({ ...common, entry: values.entry, strict: context === 'strict' });
  }
  if (runtime === 'react-native') {
    const { runInReactNative } = await import('./react_native.js');
    return runInReactNative({ ...common, platform: context });
  }
  if (runtime === 'quickjs') {
    const { runInQuickJS } = await import('./quickjs.js');
    // What such an engine lacks is in the entry /js alone.
    const { entry } = values;
    return runInQuickJS({ ...common, entry: entry === mainEntry ? undefined : entry });
  }
  throw new Error(`no runtime "${runtime}"\n${USAGE}`);
}

/** @param {import('./run_suite.js').Result[]} results @param {number} ms */
function report(results, ms) {
  for (const { status, id, title, error, nativeMayFail, beyond } of results) {
    if (status !== 'failed') continue;
    const why = values.implementation === 'native' ? (nativeMayFail ?? beyond) : undefined;
    const deliberate = why ? `  (deliberate: ${why})` : '';
    console.log(`FAILED ${id}: ${title}${deliberate}\n    ${error?.replace(/\n/g, '\n    ')}`);
  }
  const skipped = results.filter(({ status }) => status === 'skipped');
  for (const { id, reason } of skipped) console.log(`skipped ${id}: ${reason}`);
  if (values.slow) {
    const slowest = [...results].sort((a, b) => b.ms - a.ms).slice(0, 15);
    for (const { id, ms: time } of slowest) console.log(`${String(time).padStart(6)} ms ${id}`);
  }
  const count = (/** @type {string} */ status) =>
    results.filter((result) => result.status === status).length;
  console.log(
    `${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped in ${(ms / 1000).toFixed(1)} s`,
  );
}

if (values.help || positionals.length !== 1) {
  console.log(USAGE);
  process.exitCode = values.help ? 0 : 2;
} else {
  const started = Date.now();
  const results = await run(positionals[0]);
  if (values.json) console.log(JSON.stringify(results));
  else report(results, Date.now() - started);
  process.exitCode = results.some(({ status }) => status === 'failed') ? 1 : 0;
}
