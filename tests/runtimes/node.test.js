/** The behaviour suite in Node: with WebAssembly, without it, and on the JavaScript core by choice. */
import { describeRuntimes } from './in_jest.js';

await describeRuntimes([
  { title: 'Node', args: ['node'] },
  {
    title: 'Node without WebAssembly (--jitless)',
    args: ['node', '--node-option=--jitless'],
  },
  { title: 'Node, JavaScript core', args: ['node', '--entry', 'js/entries/js.js'] },
]);
