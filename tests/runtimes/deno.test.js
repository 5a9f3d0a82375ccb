/** The behaviour suite in Deno, with the built package. */
import { describeRuntimes } from './in_jest.js';

await describeRuntimes([
  { title: 'Deno, ES module', args: ['deno:esm'] },
  { title: 'Deno, CommonJS', args: ['deno:cjs'] },
  { title: 'Deno, module worker', args: ['deno:worker'] },
]);
