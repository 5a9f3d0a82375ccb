// Rebuilds the committed core. The same compiler gives the same bytes, wherever it runs.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildFolder, root } from './paths.js';
import { StepFailure } from './scheduler.js';

const committed = ['core.wasm', 'core_bytes.js', 'core_js.js'];
const compilers = [
  { command: 'emcc', args: ['--version'], wanted: '3.1.6' },
  { command: 'wasm-opt', args: ['--version'], wanted: '108' },
];

/** @type {import('./scheduler.js').Step[]} */
export const wasmSteps = [
  {
    name: 'wasm rebuild',
    group: 'wasm',
    needs: ['packages'],
    async run(context) {
      for (const { command, args, wanted } of compilers) {
        const { output } = await context.exec(command, args);
        const found = /\d+(\.\d+)*/.exec(output.split('\n')[0])?.[0];
        if (found !== wanted) {
          const note = `${command} is ${found}, the committed core was built by ${wanted}: not compared`;
          return { skipped: true, note };
        }
      }
      await context.exec('cmake', ['--preset', 'wasm']);
      await context.exec('cmake', ['--build', '--preset', 'wasm'], { seconds: 300 });
      const differing = committed.filter((name) => !sameBytes(name));
      if (differing.length > 0) {
        throw new StepFailure(
          `wasm/${differing.join(', wasm/')} is not what the sources give. ` +
            'If the sources are right: npm run build:wasm, and commit the result.',
        );
      }
      const size = readFileSync(path.join(root, 'wasm', 'core.wasm')).length;
      return { note: `same bytes, core.wasm has ${size}`, counts: { 'bytes of wasm': size } };
    },
  },
];

function sameBytes(name) {
  try {
    const built = readFileSync(path.join(buildFolder, 'wasm', name));
    return built.equals(readFileSync(path.join(root, 'wasm', name)));
  } catch {
    return false;
  }
}
