/** What the runtime itself has. */
export const { EventSource } = globalThis;
