// Loaded before an example of the documents (`node --import`). It tells the test what the example prints, and from which of its
// lines, and lets time pass 20 times as fast: the examples have waits as one would set them.
import { format } from 'node:util';

const SPEED = 20;

const { setTimeout: later, setInterval: again } = globalThis;
globalThis.setTimeout = Object.assign(
  (callback, milliseconds = 0, ...rest) => later(callback, milliseconds / SPEED, ...rest),
  later,
);
globalThis.setInterval = (callback, milliseconds = 0, ...rest) =>
  again(callback, milliseconds / SPEED, ...rest);
const started = Date.now();
const { now } = performance;
Date.now = () => started + SPEED * now.call(performance);
performance.now = () => SPEED * now.call(performance);

for (const name of ['log', 'warn', 'error']) {
  console[name] = (...values) => {
    const line = /snippet\.mjs(?:\?[^:]*)?:(\d+)/.exec(new Error().stack ?? '')?.[1];
    process.send?.({ line: Number(line) || 0, text: format(...values) });
  };
}

// What goes wrong just after the last line of the example is still to be told.
process.on('message', () => later(() => process.exit(), 50));
process.channel?.unref();
