/** The behaviour suite in Chromium: the page, with and without WebAssembly, and every kind of worker. */
import { CONTEXTS } from './browser/files.js';
import { describeRuntimes } from './in_jest.js';

await describeRuntimes(
  CONTEXTS.map((context) => ({
    title: `Chromium, ${context}`,
    args: [`chromium:${context}`],
  })),
);
