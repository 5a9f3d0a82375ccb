/**
 * The page: starts the four contexts, shows what they report, and sends what visitors do.
 */

import { CONTEXTS } from './contexts.js';
import { FiguresView } from './figures_view.js';
import { count } from './format.js';
import { MessagesView } from './messages_view.js';
import { Panel } from './panel.js';
import { holdStreamSlot } from './stream_slots.js';

/** @typedef {import('./contexts.js').Connection} Connection */
/** @typedef {import('./contexts.js').Context} Context */

// A service worker is put to sleep after about 30 seconds without a message, or at any other time.
const ASSURE_EVERY_MS = 5000;
const TICK_EVERY_MS = 500;
const SETTLED_AFTER_MS = 3000;

const available = CONTEXTS.filter((context) => context.missing() === '');
const figures = new FiguresView(byId('figures'));
const messages = new MessagesView(byId('messages'), available);

/** @typedef {{ context: Context, panel: Panel, connection: Connection, wanted: boolean }} Entry */

/** @type {Entry[]} */
const running = [];
const panels = CONTEXTS.map(startContext);

/** Ends what belongs to this tab alone while nobody looks at it. */
let visit = new AbortController();

/**
 * @param {Context} context
 * @returns {Panel}
 */
function startContext(context) {
  const panel = new Panel(context, /** @type {HTMLTemplateElement} */ (byId('panel-template')));
  byId('panels').append(panel.element);
  const missing = context.missing();
  if (missing) {
    panel.giveUp(missing);
    return panel;
  }
  const connection = context.connect(
    (snapshot) => {
      panel.update(snapshot);
      figures.add(snapshot.recent.figures);
      messages.add(context.key, snapshot.recent.message);
      showSummary();
    },
    (sentence) => panel.giveUp(sentence),
  );
  running.push({ context, panel, connection, wanted: false });
  return panel;
}

function showSummary() {
  const number = panels.filter((panel) => panel.isOpen).length;
  const text = `${number} of ${available.length} open`;
  const summary = byId('summary');
  if (summary.textContent !== text) summary.textContent = text;
  summary.dataset.state = number === available.length ? 'open' : 'connecting';
}

/** @param {Entry} entry */
function open(entry) {
  entry.wanted = true;
  entry.panel.explain('');
  entry.connection.open(entry.panel.lastEventId);
}

/** @param {Entry} entry */
function close(entry) {
  entry.wanted = false;
  entry.connection.close();
}

/** Subscribes where the tabs share one connection: that goes on while this tab is out of sight. */
function arrive() {
  for (const entry of running) if (!entry.context.perTab) open(entry);
  if (document.visibilityState === 'visible') show();
  else hide();
}

/** Subscribes where every tab has a connection of its own, as soon as there is one to be had. */
function show() {
  visit.abort();
  visit = new AbortController();
  for (const entry of running) {
    if (!entry.context.perTab) continue;
    entry.panel.explain(
      'Waiting: browsers allow six connections to a server, and other windows hold them.',
    );
    holdStreamSlot(visit.signal, () => open(entry));
  }
}

/** Leaves the connections to the tabs that are looked at. */
function hide() {
  visit.abort();
  for (const entry of running) {
    if (!entry.context.perTab) continue;
    close(entry);
    entry.panel.explain('Paused while this tab is out of sight.');
  }
}

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') show();
  else hide();
});
addEventListener('pagehide', () => {
  hide();
  running.forEach(close);
});
// Only a page that comes back from the back/forward cache: the first time nothing was left.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) arrive();
});

setInterval(() => {
  const now = Date.now();
  for (const panel of panels) panel.tick(now);
}, TICK_EVERY_MS);

setInterval(() => {
  for (const { wanted, connection, panel } of running) {
    if (wanted) connection.open(panel.lastEventId);
  }
}, ASSURE_EVERY_MS);

byId('drop').addEventListener('click', async () => {
  const status = byId('drop-status');
  try {
    const { dropped } = await post('/drop');
    status.textContent = `The server cut ${count(dropped, 'connection')}. Each comes back by itself.`;
  } catch (error) {
    status.textContent = sentenceOf(error);
  }
});

byId('post').addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.target);
  const status = byId('post-status');
  const fields = new FormData(form);
  try {
    await post('/messages', { name: fields.get('name'), text: fields.get('text') });
    status.textContent = '';
    const text = /** @type {HTMLInputElement} */ (form.elements.namedItem('text'));
    text.value = '';
    text.focus();
  } catch (error) {
    status.textContent = sentenceOf(error);
  }
});

/**
 * @param {string} url
 * @param {unknown} [body]
 * @returns {Promise<any>} the server's answer
 */
async function post(url, body) {
  const response = await fetch(url, {
    method: 'POST',
    // Browsers keep such requests apart from those with credentials, so that this one gets through
    // even if streams hold every connection there is.
    credentials: 'omit',
    ...(body !== undefined && {
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

/**
 * @param {unknown} error
 * @returns {string}
 */
function sentenceOf(error) {
  // fetch() says no more than that it failed.
  if (error instanceof TypeError) return 'The server cannot be reached.';
  return error instanceof Error ? error.message : String(error);
}

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page lacks #${id}`);
  return element;
}

arrive();
showSummary();

// Screen readers announce what is posted from now on, not what was there on arrival.
setTimeout(() => byId('messages').setAttribute('aria-live', 'polite'), SETTLED_AFTER_MS);
