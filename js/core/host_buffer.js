// The Buffer of Node, Bun and of workerd with nodejs_compat, which is faster than
// TextDecoder for small inputs.

import { attempt, fromHost } from './from_host.js';

/** What a decoder of UTF-8 is tried with: a byte order mark, which stays, a character and half of one. */
export const sample = Uint8Array.of(0xef, 0xbb, 0xbf, 0xf0, 0x9f, 0x8e, 0x89, 0xff);
export const sampleText = '\ufeff\u{1f389}\ufffd';

/**
 * @returns {any} it, where it decodes UTF-8 as TextDecoder does, which ports of it need not; else undefined
 */
function hostBuffer() {
  // Deno loads it when it is first touched, which takes 9 ms and saves 100 ns for a small chunk.
  if ('Deno' in globalThis) return undefined;
  const Buffer = fromHost('Buffer');
  return attempt(() => {
    // Where there is none, nothing is thrown either: the first exception takes Chromium 2.6 ms.
    const view = Buffer?.from(sample.buffer);
    // Some ports copy what they are to look at.
    const isView = view?.buffer === sample.buffer;
    return isView && view.utf8Slice(0, 8) === sampleText ? Buffer : undefined;
  });
}

export const HostBuffer = hostBuffer();
