// The Buffer of Node, Bun and Deno, which does some things sooner than what the web's standards have for them.

const { Buffer } = /** @type {any} */ (globalThis);

/** undefined elsewhere: what bundlers put in its place works byte by byte, and has not this method. */
export const HostBuffer = Buffer?.prototype?.utf8Slice && Buffer;
