/**
 * Runs the suite in an edge runtime inside this Node process and sends the results to the parent. A
 * process of its own, because uncaught errors are part of what is observed.
 *
 *     node tests/runtimes/edge_runtime_child.js (the parent sends the rest as a message)
 */
import { createRequire } from 'node:module';
import { onUncaughtInProcess } from './uncaught_in_process.js';

process.once('message', async (/** @type {any} */ { vm, script, strict, config }) => {
  const { EdgeVM } = createRequire(import.meta.url)(vm);
  const runtime = new EdgeVM(strict ? { codeGeneration: { strings: false, wasm: false } } : {});
  runtime.evaluate(script);
  const { run, compiles } = runtime.evaluate('eventsourceSuite');
  // Else the run would not show what it is for.
  if (compiles === strict) throw new Error(`the edge runtime compiles bytes: ${compiles}`);
  const results = JSON.parse(await run(config, onUncaughtInProcess));
  process.send?.(results, () => process.exit(0));
});
