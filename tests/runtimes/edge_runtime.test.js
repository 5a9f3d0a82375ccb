/** The behaviour suite in Vercel's edge runtime: with WebAssembly, and with code generation forbidden. */
import { describeRuntimes } from './in_jest.js';

await describeRuntimes([
  { title: 'edge-runtime', args: ['edge-runtime'] },
  { title: 'edge-runtime, no code generation', args: ['edge-runtime:strict'] },
]);
