// Streams that nobody wrote: random ones, on both cores, against the reference parser.
import { describe, expect, test } from '@jest/globals';

import { Core, instances, StreamReader, UNSET } from '../support/cores.js';
import { referenceParse } from '../support/reference_parser.js';

const STREAMS = 3000;

/** @param {number} seed */
function randomOf(seed) {
  return (/** @type {number} */ below) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
}

const ends = ['\n', '\r', '\r\n', '\n\n', '\r\r', '\r\n\r\n'];
const names = [
  'data',
  'event',
  'id',
  'retry',
  '',
  'dat',
  'datas',
  'Data',
  'i',
  'events',
  '\u{feff}data',
];
const colons = [':', ': ', ':  ', '', '::', ' :'];
const values = ['', 'x', '12', 'hello world', 'é', '日本語', '🎉', '\u{0}', '\u{feff}', 'a:b', ' '];
const raw = [
  [0xff],
  [0xe3, 0x81],
  [0xf0, 0x9f],
  [0xed, 0xa0, 0x80],
  [0xc0, 0xaf],
  [0x80],
  [0xef, 0xbb],
];

/** @param {(below: number) => number} random */
function randomStream(random) {
  const pick = (/** @type {any[]} */ from) => from[random(from.length)];
  /** @type {Uint8Array[]} */
  const parts = [];
  const encoder = new TextEncoder();
  for (let lines = random(30); lines >= 0; lines--) {
    let line = pick(names) + pick(colons);
    for (let i = random(4); i > 0; i--) line += pick(values).repeat(1 + random(random(40) + 1));
    parts.push(encoder.encode(line));
    if (random(4) === 0) parts.push(Uint8Array.from(pick(raw)));
    if (random(40) !== 0) parts.push(encoder.encode(pick(ends)));
  }
  return new Uint8Array(Buffer.concat(parts));
}

describe.each(Object.entries(instances))(
  'the %s agrees with the reference parser',
  (_, instantiate) => {
    const core = new Core(instantiate());

    test(`on ${STREAMS} random streams in random chunks`, () => {
      const random = randomOf(20261121);
      for (let i = 0; i < STREAMS; i++) {
        const bytes = randomStream(random);
        const reader = new StreamReader(core);
        const largest = 1 + random(300);
        for (let at = 0; at < bytes.length;) {
          const end = at + 1 + random(largest);
          reader.read(bytes.subarray(at, end));
          at = end;
        }
        const expected = referenceParse(bytes);
        if (expected.reconnectionTime === UNSET) expected.reconnectionTime = null;
        const stream = JSON.stringify(Buffer.from(bytes).toString('latin1'));
        expect({ stream, ...reader.end() }).toEqual({ stream, ...expected });
      }
    });
  },
);
