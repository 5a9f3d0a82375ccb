// Checks what the rest of the package relies on: node wasm/check.js MODULE EXPORT_LIST MAX_BYTES
//
// The size, because older Chromium compiles no larger module synchronously on the main thread; no
// imports and exactly the listed exports, because the shim instantiates it with nothing at all.
import { readFileSync } from 'node:fs';

const [modulePath, exportListPath, maxBytes] = process.argv.slice(2);
const bytes = readFileSync(modulePath);
const module = new WebAssembly.Module(bytes);

const listed = readFileSync(exportListPath, 'utf8').match(/^[a-z]\w*/gm) ?? [];
const exported = WebAssembly.Module.exports(module).map(({ name }) => name);
const imports = WebAssembly.Module.imports(module).map(
  ({ module: from, name }) => `${from}.${name}`,
);
const expected = [...listed, 'memory'];

const faults = [];
if (bytes.length > Number(maxBytes)) {
  faults.push(`it has ${bytes.length} bytes, ${maxBytes} are allowed`);
}
if (imports.length > 0) {
  faults.push(`it imports ${imports.join(', ')}`);
}
const missing = expected.filter((name) => !exported.includes(name));
if (missing.length > 0) {
  faults.push(`it does not export ${missing.join(', ')}`);
}
const surplus = exported.filter((name) => !expected.includes(name));
if (surplus.length > 0) {
  faults.push(`it exports ${surplus.join(', ')} besides`);
}

if (faults.length > 0) {
  console.error(`${modulePath} is not what it must be: ${faults.join('; ')}`);
  process.exit(1);
}
console.log(`${modulePath}: ${bytes.length} of ${maxBytes} bytes, no imports`);
