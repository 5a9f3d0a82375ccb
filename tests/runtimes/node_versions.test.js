/** The behaviour suite in every release line of Node, with the package as an ES module and as CommonJS. */
import { describeRuntimes } from './in_jest.js';
import { NODE_VERSIONS } from './node_versions.js';

await describeRuntimes(
  NODE_VERSIONS.flatMap((version) => [
    { title: `Node ${version}, ES module`, args: [`node${version}:esm`] },
    { title: `Node ${version}, CommonJS`, args: [`node${version}:cjs`] },
  ]),
);
