import { describe, expect, test } from '@jest/globals';

import { referenceParse } from '../support/reference_parser.js';
import { cuts, loadVectors, readVectorFile, vectorFiles } from '../support/vectors.js';

const vectors = loadVectors();

describe.each(vectorFiles())('9.2.6 Interpreting an event stream: %s', (file) => {
  const { topic, standard } = readVectorFile(file);

  test('the file names its topic and the standard', () => {
    expect(`${topic}.json`).toBe(file);
    expect(standard).toBe(
      'https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation',
    );
  });

  test.each(vectors.filter((vector) => vector.topic === topic))('$name', ({ bytes, expected }) => {
    expect(referenceParse(bytes)).toStrictEqual(expected);
  });
});

describe('the vectors as a whole', () => {
  test('there are at least 220', () => {
    expect(vectors.length).toBeGreaterThanOrEqual(220);
  });

  test('no two have the same name', () => {
    const names = vectors.map(({ name }) => name);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  test('no two have the same bytes', () => {
    const seen = new Map();
    const twice = [];
    for (const { name, bytes } of vectors) {
      const key = Buffer.from(bytes).toString('latin1');
      if (seen.has(key)) twice.push([seen.get(key), name]);
      seen.set(key, name);
    }
    expect(twice).toEqual([]);
  });
});

describe('the ways to cut a stream', () => {
  const streams = [0, 1, 2, 3, 64, 65, 4096, 4097, 70000].map((length) =>
    Uint8Array.from({ length }, (_, i) => i % 251),
  );

  test.each(streams.map((bytes) => [bytes.length, bytes]))(
    'the chunks of every one of them make up the %d bytes again',
    (_length, bytes) => {
      let different = 0;
      for (const chunks of cuts(bytes)) {
        if (Buffer.compare(Buffer.concat(chunks), bytes) !== 0) different += 1;
      }
      expect(different).toBe(0);
    },
  );

  test('a stream of 5 bytes is cut at every position and at every pair of positions', () => {
    const lengths = [...cuts(Uint8Array.of(1, 2, 3, 4, 5))].map((chunks) =>
      chunks.map((chunk) => chunk.length).join(),
    );
    expect(lengths).toEqual([
      '5',
      '1,1,1,1,1',
      ...['1,4', '2,3', '3,2', '4,1'],
      '0,1,0,1,0,1,0,1,0,1,0',
      ...['1,1,3', '1,2,2', '1,3,1', '2,1,2', '2,2,1', '3,1,1'],
    ]);
  });

  test('a stream is cut the same way in every run', () => {
    const stream = streams[streams.length - 1];
    const lengths = () => [...cuts(stream)].map((chunks) => chunks.map((chunk) => chunk.length));
    expect(lengths()).toEqual(lengths());
  });
});
