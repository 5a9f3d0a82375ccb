/** The behaviour suite in Firefox: the page, and every kind of worker. */
import { CONTEXTS } from './browser/files.js';
import { describeRuntimes } from './in_jest.js';

await describeRuntimes(
  CONTEXTS.map((context) => ({ title: `Firefox, ${context}`, args: [`firefox:${context}`] })),
);
