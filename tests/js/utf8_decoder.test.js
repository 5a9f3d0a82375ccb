// The decoder for hosts without TextDecoder: https://encoding.spec.whatwg.org/#utf-8-decoder
import { expect, test } from '@jest/globals';

import { decodeUtf8, viewOfBytes } from '../../js/core/utf8_decoder.js';
import { decodeWithoutHost } from '../../js/core/utf8_without_host.js';
import { loadVectors } from '../support/vectors.js';

const host = new TextDecoder('utf-8', { ignoreBOM: true });

test('it gives what TextDecoder gives for every pair of bytes before each kind of byte', () => {
  for (let first = 0x78; first <= 0xff; first++) {
    for (let second = 0x70; second <= 0xff; second++) {
      for (const third of [0x41, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc2, 0xf0]) {
        const bytes = Uint8Array.of(first, second, third, 0x80, 0x42);
        const text = decodeWithoutHost(bytes);
        if (text !== host.decode(bytes)) {
          expect({ bytes, text }).toEqual({ bytes, text: host.decode(bytes) });
        }
      }
    }
  }
});

test.each(loadVectors().map(({ name, bytes }) => ({ name, bytes })))(
  'it gives what TextDecoder gives for the vector: $name',
  ({ bytes }) => {
    const text = decodeWithoutHost(bytes);
    expect(text === host.decode(bytes)).toBe(true);
    const view = viewOfBytes(Uint8Array.from([0x41, ...bytes, 0xbf]).buffer);
    expect(decodeUtf8(view, 1, bytes.length + 1) === text).toBe(true);
  },
);

test('a byte order mark stays', () => {
  expect(decodeWithoutHost(Uint8Array.of(0xef, 0xbb, 0xbf, 0x41))).toBe('\u{feff}A');
});

// Around the size from which on some hosts have another quick way: js/core/utf8_decoder.js.
test.each([4095, 4096, 4097, 5000])('%i times eight bytes are decoded like one', (count) => {
  const bytes = new TextEncoder().encode('\u{feff}\u{1f389}e'.repeat(count + 1));
  const view = viewOfBytes(Uint8Array.from(bytes).buffer);
  expect(decodeUtf8(view, 8, bytes.length)).toBe('\u{feff}\u{1f389}e'.repeat(count));
});
