/** In a document that is not in UTF-8, the query of a URL is in the document's encoding. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const PROGRAM = fileURLToPath(new URL('legacy_page.js', import.meta.url));

/** Milliseconds. */
const LONGEST = 90_000;

test.each(['chromium', 'firefox', 'webkit'])(
  '%s',
  async (browser) => {
    const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, browser], {
      timeout: LONGEST - 5000,
    });
    expect(stdout.trim()).toBe('/stream?%E5=%80#%C3%A5');
  },
  LONGEST,
);
