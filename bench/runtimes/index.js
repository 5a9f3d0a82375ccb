// The runtimes by the names that --only takes. Each is looked for when it is asked for.
import { bun, deno, node } from './process.js';

/** @type {Record<string, () => import('./process.js').Runtime | Promise<import('./process.js').Runtime>>} */
export const runtimes = {
  node20: () => node('20'),
  node26: () => node('26'),
  deno,
  bun,
  chromium: async () => (await import('./browsers.js')).chromium(),
  firefox: async () => (await import('./browsers.js')).firefox(),
  webkit: async () => (await import('./browsers.js')).webkit(),
};
