/**
 * Performs one scripted answer of the test server.
 *
 * A test describes what the server shall do as plain JSON in the request's query, so that it can be
 * written in any runtime and no endpoint has to be added here for a new kind of misbehaviour.
 *
 * @typedef {string
 *   | {base64: string}
 *   | {text: string, repeat: number}
 *   | {wait: number}
 *   | {hold: string}
 *   | {echo: string}
 *   | {after: string, from: number, to: number}} Step  What is written, or what is waited for: a time, or a
 *   gate that the test opens through `/release`. `echo` writes the raw bytes of a request header. `after` writes
 *   events as a server does that can go on: those from the ID on that Last-Event-ID or the query parameter of
 *   that name carries; without one, `from` the one that happens now.
 *
 * @typedef {object} Attempt
 * @property {number} [status]
 * @property {string | null} [type] The Content-Type; null sends none at all.
 * @property {[string, string][]} [headers]
 * @property {'any' | 'credentials'} [cors] `any` allows every origin, `credentials` the asking one.
 * @property {'refuse'} [preflight] Answers a preflight as a server does that knows none.
 * @property {string[]} [allow] What a preflight allows besides Last-Event-ID: names of headers.
 * @property {string} [redirect] Location of a redirect; `status` says which kind.
 * @property {'headers' | 'socket'} [refuse] `headers`: never answers. `socket`: closes without a word.
 * @property {string} [until] Given again and again until the test opens the gate of this name: clients
 *   repeat a request whose kept-alive connection broke, so refusals cannot be counted out beforehand.
 * @property {number} [gap] Milliseconds between two adjacent chunks (they shall arrive apart).
 * @property {Step[]} [chunks]
 * @property {'hang' | 'end' | 'destroy'} [end]
 */

/** Nothing that a test forgot may keep a socket longer than this. */
const LONGEST_HANG = 30_000;

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {string} name
 * @returns {string | null} The header as Node hands it over: one UTF-16 unit for each byte.
 */
export function rawHeader(request, name) {
  const index = request.rawHeaders.findIndex(
    (text, position) => position % 2 === 0 && text.toLowerCase() === name.toLowerCase(),
  );
  return index < 0 ? null : request.rawHeaders[index + 1];
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {Attempt} attempt
 * @returns {[string, string][]}
 */
function responseHeaders(request, attempt) {
  /** @type {[string, string][]} */
  const headers = [['Cache-Control', 'no-store']];
  const type = attempt.type === undefined ? 'text/event-stream' : attempt.type;
  if (type !== null) headers.push(['Content-Type', type]);
  if (attempt.redirect !== undefined) headers.push(['Location', attempt.redirect]);
  headers.push(...corsHeaders(request, attempt.cors));
  const given = attempt.headers ?? [];
  const replaced = new Set(given.map(([name]) => name.toLowerCase()));
  return [...headers.filter(([name]) => !replaced.has(name.toLowerCase())), ...given];
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {Attempt['cors']} cors
 * @returns {[string, string][]}
 */
export function corsHeaders(request, cors) {
  if (cors === undefined) return [];
  if (cors === 'any') return [['Access-Control-Allow-Origin', '*']];
  return [
    ['Access-Control-Allow-Origin', request.headers.origin ?? '*'],
    ['Access-Control-Allow-Credentials', 'true'],
    ['Vary', 'Origin'],
  ];
}

/**
 * @param {{after: string, from: number, to: number}} step
 * @param {import('node:http').IncomingMessage} request
 */
function eventsAfter({ after, from, to }, request) {
  const { searchParams } = new URL(request.url ?? '', 'http://localhost');
  const id = rawHeader(request, 'Last-Event-ID') ?? searchParams.get(after);
  let text = '';
  for (let next = id === null ? from : Number(id) + 1; next <= to; next += 1) {
    text += `id: ${next}\ndata: ${next}\n\n`;
  }
  return text;
}

/**
 * @param {Step} step
 * @param {import('node:http').IncomingMessage} request
 * @returns {Buffer | null} null for a step that writes nothing.
 */
function bytesOf(step, request) {
  if (typeof step === 'string') return Buffer.from(step, 'utf8');
  if ('base64' in step) return Buffer.from(step.base64, 'base64');
  if ('text' in step) {
    return Buffer.from(step.text.repeat(Math.min(step.repeat, 1_000_000)), 'utf8');
  }
  if ('after' in step) return Buffer.from(eventsAfter(step, request));
  if ('echo' in step) return Buffer.from(rawHeader(request, step.echo) ?? '', 'latin1');
  return null;
}

/**
 * @param {number} milliseconds
 * @param {AbortSignal} gone
 */
function pause(milliseconds, gone) {
  return new Promise((resolve) => {
    const over = () => {
      clearTimeout(timer);
      gone.removeEventListener('abort', over);
      resolve(undefined);
    };
    const timer = setTimeout(over, Math.min(milliseconds, LONGEST_HANG));
    gone.addEventListener('abort', over);
  });
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {Buffer} bytes
 */
async function write(response, bytes) {
  if (!response.write(bytes)) {
    await new Promise((resolve) => {
      response.once('drain', resolve);
      response.once('close', resolve);
    });
  }
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {Attempt} attempt
 * @param {(name: string) => Promise<void>} gate Settles when the test opens the gate of that name.
 * @returns {Promise<'end' | 'destroy' | 'hang' | 'gone'>} How it came to its end.
 */
export async function performAttempt(request, response, attempt, gate) {
  const departure = new AbortController();
  const gone = departure.signal;
  response.once('close', () => departure.abort());

  if (attempt.refuse === 'socket') {
    response.destroy();
    return 'destroy';
  }
  if (attempt.refuse === 'headers') {
    await pause(LONGEST_HANG, gone);
    return gone.aborted ? 'gone' : (response.destroy(), 'hang');
  }

  // Node ends a 205 with an empty last chunk, which Chromium, for which it has no content, takes for the beginning
  // of the connection's next response.
  const empty = attempt.status === 205 ? ['Content-Length', '0'] : [];
  response.writeHead(attempt.status ?? 200, [
    ...responseHeaders(request, attempt).flat(),
    ...empty,
  ]);
  response.flushHeaders();
  let wroteBefore = false;
  for (const step of attempt.chunks ?? []) {
    if (gone.aborted) return 'gone';
    const bytes = bytesOf(step, request);
    if (bytes !== null) {
      if (wroteBefore) await pause(attempt.gap ?? 8, gone);
      if (!gone.aborted) await write(response, bytes);
    } else if (typeof step === 'object' && 'wait' in step) {
      await pause(step.wait, gone);
    } else if (typeof step === 'object' && 'hold' in step) {
      await Promise.race([gate(step.hold), pause(LONGEST_HANG, gone)]);
    }
    wroteBefore = bytes !== null;
  }

  if (gone.aborted) return 'gone';
  // A body-less status has ended with its headers; anything else ends as the script says.
  const end = attempt.end ?? (attempt.redirect === undefined ? 'hang' : 'end');
  if (end === 'destroy') {
    // What was written shall reach the client before the connection breaks.
    await pause(150, gone);
    response.destroy();
    return 'destroy';
  }
  if (end === 'hang' && !bodyless(attempt.status)) {
    await pause(LONGEST_HANG, gone);
    if (gone.aborted) return 'gone';
    response.destroy();
    return 'hang';
  }
  await new Promise((resolve) => {
    response.end(() => resolve(undefined));
    response.once('close', resolve);
  });
  return 'end';
}

/** @param {number} [status] */
function bodyless(status) {
  return status === 204 || status === 205 || status === 304;
}
