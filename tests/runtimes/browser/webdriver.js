/** As much of the WebDriver protocol as it takes to open a page and wait for a value. */

/**
 * @param {string} method
 * @param {string} url
 * @param {unknown} [body]
 * @returns {Promise<any>}
 */
async function command(method, url, body) {
  const response = await fetch(url, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const { value } = /** @type {any} */ (await response.json());
  if (!response.ok) throw new Error(`WebDriver: ${value?.error}: ${value?.message}`);
  return value;
}

/** @param {string} driver Its origin. */
async function ready(driver) {
  for (let attempts = 0; attempts < 150; attempts += 1) {
    try {
      if ((await command('GET', `${driver}/status`)).ready) return;
    } catch {
      // It is not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('WebDriver: it did not start');
}

/**
 * @param {string} driver The origin of a WebDriver that is just starting.
 * @param {object} capabilities
 * @param {number} longest Milliseconds for one script.
 */
export async function openSession(driver, capabilities, longest) {
  await ready(driver);
  const { sessionId } = await command('POST', `${driver}/session`, {
    capabilities: { alwaysMatch: { timeouts: { script: longest }, ...capabilities } },
  });
  const session = `${driver}/session/${sessionId}`;
  return {
    /** @param {string} url */
    go: (url) => command('POST', `${session}/url`, { url }),
    /**
     * @param {string} script Calls its last argument with the value.
     * @returns {Promise<any>}
     */
    wait: (script) => command('POST', `${session}/execute/async`, { script, args: [] }),
    back: () => command('POST', `${session}/back`, {}),
    close: () => command('DELETE', session),
  };
}
