// Formatters, linters and type checks: each finding is an error.
import { nativeView, wasmView } from './cpp_files.js';
import { StepFailure } from './scheduler.js';

/** @type {import('./scheduler.js').Step[]} */
export const checkSteps = [
  {
    name: 'prettier',
    group: 'lint',
    needs: ['node_modules'],
    run: (context) => context.node('prettier/bin/prettier.cjs', ['--check', '.']),
  },
  {
    name: 'eslint',
    group: 'lint',
    needs: ['node_modules'],
    run: (context) => context.node('eslint/bin/eslint.js', ['--max-warnings', '0', '.']),
  },
  {
    name: 'types',
    group: 'lint',
    needs: ['node_modules'],
    run: (context) => context.node('typescript/bin/tsc', ['-p', 'tsconfig.json']),
  },
  {
    name: 'clang-format',
    group: 'lint',
    needs: ['packages'],
    run: (context) => context.exec(process.execPath, ['tests/tools/clang_format.js']),
  },
  {
    name: 'clang-tidy',
    group: 'lint',
    needs: ['packages'],
    run: (context) => tidy(context, nativeView()),
  },
  {
    // The same sources with SIMD, which native compilers never see.
    name: 'clang-tidy wasm',
    group: 'lint',
    needs: ['packages'],
    async run(context) {
      const { sources, flags } = wasmView();
      const { output } = await context.exec('emcc', ['--cflags']);
      await tidy(context, { sources, flags: [...output.trim().split(/\s+/), ...flags] });
    },
  },
].map((step) => ({
  ...step,
  // Their tools' own output says it all: these steps have nothing to add.
  async run(context) {
    await step.run(context);
  },
}));

async function tidy(context, { sources, flags }) {
  const faulty = [];
  for (const source of sources) {
    const { code } = await context.exec('clang-tidy', ['--quiet', source, '--', ...flags], {
      check: false,
      seconds: 180,
    });
    if (code !== 0) faulty.push(source);
  }
  if (faulty.length > 0) throw new StepFailure(`findings in ${faulty.join(', ')}`);
}
