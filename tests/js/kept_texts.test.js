// What an idle source keeps alive: its last event ID, and not the text that the ID was cut out of.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const child = fileURLToPath(new URL('kept_texts_child.js', import.meta.url));

// Engines copy what is shorter than 13 code units anyway.
test.each([
  ['an ID of the last event', 'data: a', 'id: identifier-0123456789-#\\ndata: last'],
  ['an ID of an earlier event', 'id: identifier-0123456789-#\\ndata: a', 'data: last'],
  ['an ID of an earlier block without an event', 'id: identifier-0123456789-#', 'data: last'],
  ['an ID at which it is reset', 'id: identifier-0123456789-#\\ndata: a', 'data: last', 'reset'],
  ['a type', 'data: a', 'event: type-0123456789\\nid: identifier-0123456789-#\\ndata: last'],
])('%s does not keep its chunk alive', (_, first, last, ...reset) => {
  const output = execFileSync(process.execPath, ['--expose-gc', child, first, last, ...reset], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  const { bytes, lastEventId } = JSON.parse(output);
  expect(lastEventId).toBe('identifier-0123456789-20');
  expect(bytes).toBeLessThan(50_000);
});
