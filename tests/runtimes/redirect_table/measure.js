/**
 * Measures what a redirect takes along, in the realm that it is called in: a request with everything that may be secret is
 * redirected to the same and to another origin, and the server's log tells what came there.
 *
 * @typedef {object} Seen
 * @property {number} status
 * @property {'same' | 'other'} origin Where the redirect leads, seen from where it comes from.
 * @property {string} method Empty where nothing came.
 * @property {string[]} parts Of PARTS, those that came.
 *
 * @typedef {object} Realm
 * @property {any} EventSource
 * @property {boolean} isOurs Whether it takes our options; the browsers' own goes without.
 * @property {boolean} hasCookies Whether the host keeps cookies, and a script may not set the header.
 * @property {string} base
 * @property {string} crossBase
 * @property {string} controlBase
 */

const STATUSES = [301, 302, 303, 307, 308];

/** What may come, by the names of the table's columns. */
export const PARTS = [
  'headers',
  'Authorization',
  'Cookie',
  'Last-Event-ID',
  'lastEventIdParam',
  'body',
];

/** Hanging streams at a time: browsers open six connections to each server. */
const AT_A_TIME = 3;

/** Milliseconds. */
const LONGEST = 8000;

const SECRETS = { 'X-Own': 'secret', Authorization: 'Bearer secret' };

/** @type {import('../../support/stream_script.js').Attempt} */
const THERE = { cors: 'credentials', allow: Object.keys(SECRETS), chunks: [':\n'] };

/** @param {number} milliseconds */
const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** @param {import('../../support/server.js').LoggedRequest} request */
function partsIn({ headers, url, body }) {
  const has = [
    headers['x-own'] === 'secret',
    headers.authorization === 'Bearer secret',
    headers.cookie?.includes('own=secret'),
    headers['last-event-id'] === '7',
    url.includes('after=7'),
    body === 'secret',
  ];
  return PARTS.filter((_, index) => has[index]);
}

/**
 * @param {Realm} realm
 * @param {number} status
 * @param {'same' | 'other'} origin
 * @param {boolean} inQuery Whether the ID is in the query.
 * @returns {Promise<{method: string, parts: string[]}>}
 */
async function measureOne(realm, status, origin, inQuery) {
  const { EventSource, isOurs, hasCookies, base, crossBase, controlBase } = realm;
  const key = `${status}-${origin}-${inQuery}-${Math.random()}`;
  const stream = (
    /** @type {string} */ at,
    /** @type {string} */ name,
    /** @type {object} */ script,
  ) => `${at}/stream?key=${name}&script=${encodeURIComponent(JSON.stringify(script))}`;
  const there = stream(origin === 'same' ? base : crossBase, `${key}-there`, THERE);
  const redirect = { status, redirect: there };
  // The browsers' own has an ID only after an event, and some only after one with data.
  const script = isOurs
    ? redirect
    : [{ chunks: ['retry: 1\nid: 7\ndata: 1\n\n'], end: 'end' }, redirect];
  const source = new EventSource(stream(base, key, script), {
    withCredentials: true,
    ...(isOurs
      ? {
          headers: { ...SECRETS, ...(hasCookies ? {} : { Cookie: 'own=secret' }) },
          body: 'secret',
          lastEventId: '7',
          maxRetries: 0,
          ...(inQuery ? { lastEventIdParam: 'after' } : {}),
        }
      : {}),
  });
  try {
    for (const end = Date.now() + LONGEST; Date.now() < end; await sleep(25)) {
      const isOver = source.readyState === 2;
      /** @type {import('../../support/server.js').LoggedRequest[]} */
      const log = await (await fetch(`${controlBase}/log?key=${key}-there`)).json();
      // Preflights, and asking whether the server is there at all, are no requests for the stream.
      const request = log.find(
        ({ method, headers }) => method !== 'OPTIONS' && headers['sec-fetch-mode'] !== 'no-cors',
      );
      if (request) return { method: request.method, parts: partsIn(request) };
      if (isOver) break;
    }
    return { method: '', parts: [] };
  } finally {
    source.close();
  }
}

/**
 * @param {Realm} realm
 * @returns {Promise<Seen[]>}
 */
export async function measureRedirects(realm) {
  /** @type {Seen[]} */
  const seen = [];
  const queue = STATUSES.flatMap((status) =>
    /** @type {const} */ (['same', 'other']).map((origin) => ({ status, origin })),
  );
  const lane = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { status, origin } = next;
      const { method, parts } = await measureOne(realm, status, origin, false);
      const others = realm.isOurs ? (await measureOne(realm, status, origin, true)).parts : [];
      const all = new Set([...parts, ...others]);
      seen.push({ status, origin, method, parts: PARTS.filter((part) => all.has(part)) });
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, lane));
  return seen;
}
