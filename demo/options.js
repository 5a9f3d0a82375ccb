/**
 * The command line of `npm start`. Every mistake is answered with what to type instead.
 */

export const HELP = `Usage: npm start -- [options]      (or: node demo/start.js [options])

Starts a small server with a real event stream, subscribes to it from Node with this
package's EventSource, prints the events, and serves a page with four more subscribers.

Options:
  --port N     port on 127.0.0.1, default 8080; if it is in use the next free one is taken;
               0 lets the operating system choose
  --for TIME   stop after TIME (500ms, 5s, 2m, 1h); exit code 0 if events arrived, 1 if not
  --help       print this text
`;

export const DEFAULT_PORT = 8080;

const UNIT_IN_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

// Timers hold 31 bits of milliseconds and fire at once beyond that; a day is a round limit below.
const LONGEST_RUN_MS = 24 * UNIT_IN_MS.h;

/** A command line that cannot be followed; its message is meant for the person who typed it. */
export class UsageError extends Error {}

/**
 * @typedef {object} Options
 * @property {number} port the port to start looking from
 * @property {number | null} runForMs how long to run; null until stopped
 * @property {boolean} help whether to print the help text and leave
 */

/**
 * @param {string[]} argv the arguments after the script's name
 * @returns {Options} what they ask for
 */
export function parseOptions(argv) {
  const options = {
    port: DEFAULT_PORT,
    runForMs: /** @type {number | null} */ (null),
    help: false,
  };
  const rest = [...argv];
  while (rest.length > 0) {
    const [argument, inlineValue] = splitAtEqualsSign(/** @type {string} */ (rest.shift()));
    const value = () => {
      const found = inlineValue ?? rest.shift();
      if (found === undefined) throw new UsageError(`${argument} needs a value.`);
      return found;
    };
    switch (argument) {
      case '--port':
        options.port = parsePort(value());
        break;
      case '--for':
        options.runForMs = parseDuration(value());
        break;
      case '--help':
      case '-h':
        options.help = true;
        break;
      default:
        throw new UsageError(
          argument.startsWith('-')
            ? `Unknown option ${argument}.`
            : `Unexpected argument "${argument}": this command takes options only.`,
        );
    }
  }
  return options;
}

/**
 * @param {string} argument
 * @returns {[string, string | undefined]}
 */
function splitAtEqualsSign(argument) {
  const at = argument.startsWith('--') ? argument.indexOf('=') : -1;
  return at < 0 ? [argument, undefined] : [argument.slice(0, at), argument.slice(at + 1)];
}

/**
 * @param {string} text
 * @returns {number}
 */
function parsePort(text) {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (!(port <= 65535)) {
    throw new UsageError(`--port ${text}: a port is a whole number from 0 to 65535.`);
  }
  return port;
}

/**
 * @param {string} text
 * @returns {number} milliseconds
 */
function parseDuration(text) {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text);
  if (!match) {
    throw new UsageError(`--for ${text}: write a number with its unit, as in 500ms, 5s, 2m or 1h.`);
  }
  const unit = /** @type {keyof typeof UNIT_IN_MS} */ (match[2]);
  const milliseconds = Math.round(Number(match[1]) * UNIT_IN_MS[unit]);
  if (milliseconds < 1 || milliseconds > LONGEST_RUN_MS) {
    throw new UsageError(`--for ${text}: the time must be between 1ms and 24h.`);
  }
  return milliseconds;
}
