// node tests/tools/clang_format.js [--fix]: checks, or repairs, the layout of every C++ file.
import { spawnSync } from 'node:child_process';
import { allCppFiles } from './cpp_files.js';
import { root } from './paths.js';

const mode = process.argv.includes('--fix') ? ['-i'] : ['--dry-run', '-Werror'];
const { status, error } = spawnSync('clang-format', [...mode, ...allCppFiles()], {
  cwd: root,
  stdio: 'inherit',
});
if (error) console.error(`clang-format: ${error.message}`);
process.exitCode = status ?? 1;
