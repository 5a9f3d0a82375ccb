// Chromium before 114 compiles no module of more than 4,096 bytes at once on a page's main thread. Loaded before
// the program; tells on the standard error stream how many modules it has refused, and how many instances were made.
const { Module, Instance } = WebAssembly;
let refused = 0;
let instances = 0;

WebAssembly.Module = /** @type {any} */ (
  class extends Module {
    /** @param {BufferSource} bytes */
    constructor(bytes) {
      if (bytes.byteLength > 4096) {
        refused++;
        throw new RangeError('WebAssembly.Compile is disallowed on the main thread');
      }
      super(bytes);
    }
  }
);

WebAssembly.Instance = /** @type {any} */ (
  class extends Instance {
    /** @param {WebAssembly.Module} module @param {WebAssembly.Imports} [imports] */
    constructor(module, imports) {
      instances++;
      super(module, imports);
    }
  }
);

process.on('exit', () => process.stderr.write(JSON.stringify({ refused, instances })));
