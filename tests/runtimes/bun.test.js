/** The behaviour suite in Bun, with the built package. */
import { describeRuntimes } from './in_jest.js';

await describeRuntimes([
  { title: 'Bun, ES module', args: ['bun:esm'] },
  { title: 'Bun, CommonJS', args: ['bun:cjs'] },
]);
