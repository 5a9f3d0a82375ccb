// What `require()` finds in Node, Deno and Bun: the class that `import` gives, where they can require ES modules, so
// that a program has one of it. docs/decisions/0042-one-class-for-import-and-require.md
'use strict';

let entry;
try {
  entry = require('../index.js');
} catch {
  // Node before 20.19; or somebody else's require(), such as that of Jest, or of tsx in Node 20.
  entry = require('../index.cjs');
}
const { EventSource } = entry;
if (entry !== EventSource) {
  for (const [name, value] of Object.entries({ ...entry, __esModule: true })) {
    Object.defineProperty(EventSource, name, { value, configurable: true, writable: true });
  }
}
module.exports = EventSource;
