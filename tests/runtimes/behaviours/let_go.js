/** Whether the server sees a connection go that nobody needs any more. */

/**
 * Firefox loses one abort in some tens when data arrives at that moment, as a fetch() with an
 * AbortController alone shows, so that each behaviour has some attempts; what never lets go fails all.
 */
const ATTEMPTS = 3;

/** Milliseconds. Chromium sometimes keeps the connection of a cancelled response for five seconds. */
const LINGERING = 7000;

/** For behaviours that call letsGo(). */
export const LETTING_GO_TIMEOUT = ATTEMPTS * LINGERING + 6000;

/**
 * @param {any} t
 * @param {(key: string) => Promise<void>} attempt Opens a connection under the key and has done with it.
 * @returns {Promise<string>} The key of the attempt that was seen to go.
 */
export async function letsGo(t, attempt) {
  for (let count = 1; ; count++) {
    const key = `${t.key}-let-go-${count}`;
    await attempt(key);
    try {
      await t.until(
        async () =>
          (await t.requests(key)).some((/** @type {any} */ { clientClosed }) => clientClosed),
        `the server saw the connection go, in ${count} attempts`,
        LINGERING,
      );
      return key;
    } catch (error) {
      if (count === ATTEMPTS) throw error;
    }
  }
}
