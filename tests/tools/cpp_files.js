// Which C++ files there are, and how the tools have to read them.
import { filesIn } from './paths.js';

const testFolders = ['tests/support', 'tests/native', 'tests/native_heap', 'tests/fuzz'];

/** Every C++ file of our own. */
export function allCppFiles() {
  return ['src', 'wasm', ...testFolders].flatMap((folder) => filesIn(folder, '.h', '.cpp'));
}

/** The sources that a native compiler gets, and its flags. */
export function nativeView() {
  return {
    sources: ['src', ...testFolders].flatMap((folder) => filesIn(folder, '.cpp')),
    flags: [
      '-std=c++20',
      '-Isrc',
      ...testFolders.map((folder) => `-I${folder}`),
      '-DEVENTSOURCE_VECTORS_DIR="."',
    ],
  };
}

/** The sources that Emscripten gets, and its flags besides `emcc --cflags`. */
export function wasmView() {
  return {
    sources: ['src', 'wasm'].flatMap((folder) => filesIn(folder, '.cpp')),
    flags: ['-std=c++20', '-Isrc', '-msimd128', '-mbulk-memory', '-fno-exceptions', '-fno-rtti'],
  };
}
