// The command line of tests/run.js.

export const groups = ['lint', 'native', 'wasm', 'dist', 'jest', 'fuzz'];

export const helpText = `Usage: node tests/run.js [--only GROUP[,GROUP...]]

Installs what is missing (node_modules; Debian packages as root or by sudo), then runs:

  lint    prettier, ESLint, TypeScript, clang-format, clang-tidy
  native  GoogleTest and the fuzz corpus with g++, with the sanitizers, and for coverage of src/
  wasm    rebuilds the committed core and compares the bytes
  dist    builds dist/ and checks its size
  jest    the JavaScript tests, among them the behaviours in every runtime and the real servers, with
          coverage of js/ (builds dist/, too)
  fuzz    30 seconds of libFuzzer from the corpus

The output of each step is in build/logs/. The last line counts: every test that ran (GoogleTest's in
both builds), and one for each step that is no test runner.`;

/**
 * @typedef {object} Options
 * @property {boolean} [help]
 * @property {string[]} [only] the groups asked for; all of them without it
 * @property {string} [error] what is wrong with the command line
 */

/**
 * @param {string[]} args
 * @returns {Options}
 */
export function parseOptions(args) {
  const rest = [...args];
  /** @type {Options} */
  const options = {};
  while (rest.length > 0) {
    const arg = rest.shift();
    if (arg === '--help' || arg === '-h') {
      options.help = true;
    } else if (arg === '--only' || arg.startsWith('--only=')) {
      const value = arg === '--only' ? rest.shift() : arg.slice('--only='.length);
      const names = (value ?? '').split(',').filter((name) => name !== '');
      const unknown = names.find((name) => !groups.includes(name));
      if (unknown !== undefined) return { error: `No group is called ${unknown}.` };
      if (names.length === 0) return { error: '--only needs the name of a group.' };
      options.only = [...(options.only ?? []), ...names];
    } else {
      return { error: `Unknown option: ${arg}` };
    }
  }
  return options;
}
