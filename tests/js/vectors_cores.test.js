// Every vector on both built cores, through js/core/core.js: whole, and cut in every way that cuts() knows.
import { describe, expect, test } from '@jest/globals';

import { Core, instances, StreamReader, UNSET } from '../support/cores.js';
import { cuts, loadVectors } from '../support/vectors.js';

const vectors = loadVectors();

/** @param {import('../support/vectors.js').Vector['expected']} expected */
const key = (expected) => JSON.stringify(expected);

describe.each(Object.entries(instances))('9.2.6 on the %s', (_, instantiate) => {
  const core = new Core(instantiate());

  test.each(vectors)('$topic: $name', ({ bytes, expected }) => {
    // The machine cannot tell its default from the same value out of the stream.
    if (expected.reconnectionTime === UNSET) expected = { ...expected, reconnectionTime: null };
    const wanted = key(expected);
    for (const chunks of cuts(bytes)) {
      const reader = new StreamReader(core);
      for (const chunk of chunks) reader.read(chunk);
      const result = reader.end();
      // One assertion a failure, not one a chunking: there are some 170,000 of them.
      if (key(result) !== wanted) {
        const lengths = chunks.map(({ length }) => length).join();
        expect({ lengths, ...result }).toEqual({ lengths, ...expected });
      }
    }
  });
});
