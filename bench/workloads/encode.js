// From events to the bytes of a stream, and from those to chunks.

const encoder = new TextEncoder();

/**
 * @param {import('./tally.js').BenchEvent} event an empty ID and the type 'message' are not written
 * @returns {string} its block
 */
export function blockOf({ id, type, data }) {
  const head = `${id === '' ? '' : `id: ${id}\n`}${type === 'message' ? '' : `event: ${type}\n`}`;
  return `${head}data: ${data.includes('\n') ? data.replaceAll('\n', '\ndata: ') : data}\n\n`;
}

/**
 * @param {string[]} blocks
 * @returns {Uint8Array}
 */
export function bytesOfBlocks(blocks) {
  return encoder.encode(blocks.join(''));
}

/**
 * @param {Uint8Array} bytes
 * @param {(index: number) => number} sizeOf of the chunk with that index, in bytes
 * @returns {Uint8Array[]}
 */
export function cut(bytes, sizeOf) {
  const chunks = [];
  for (let at = 0; at < bytes.length;) {
    const end = at + sizeOf(chunks.length);
    // Copies: chunks come from the network with a buffer of their own.
    chunks.push(bytes.slice(at, end));
    at = end;
  }
  return chunks;
}
