// The Buffer of Node, Bun, Deno and of workerd with nodejs_compat, which does some things sooner than what the
// standards of the web have for them.

/**
 * @returns {any} it, where it decodes UTF-8 as TextDecoder does, which ports of it need not, nor did it in every
 *   release of Deno; else undefined
 */
function hostBuffer() {
  try {
    const { Buffer } = /** @type {any} */ (globalThis);
    const text = Buffer.from('efbbbff09f8e89ff', 'hex').utf8Slice(0, 8);
    return text === '\ufeff\u{1f389}\ufffd' ? Buffer : undefined;
  } catch {
    return undefined;
  }
}

export const HostBuffer = hostBuffer();
