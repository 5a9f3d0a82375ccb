/**
 * One panel: what the EventSource in one of the four contexts is doing.
 */

import { count, formatAgo, formatTime, summarize } from './format.js';
import { drawTimeline } from './svg.js';

/** @typedef {import('./contexts.js').Context} Context */
/** @typedef {import('./feed.js').ReceivedEvent} ReceivedEvent */
/** @typedef {import('./feed.js').Snapshot} Snapshot */

const STATES = ['CONNECTING', 'OPEN', 'CLOSED'];
const SHOWN_EVENTS = 5;

export class Panel {
  #root;
  /** @type {Snapshot | null} */
  #snapshot = null;
  /** What earlier lives of a restarted worker add to the numbers. */
  #earlier = { count: 0, reconnections: 0, restarts: 0 };
  #notice = '';

  /**
   * @param {Context} context
   * @param {HTMLTemplateElement} template
   */
  constructor(context, template) {
    const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
    this.#root = /** @type {HTMLElement} */ (copy.firstElementChild);
    this.#root.dataset.context = context.key;
    const heading = this.#find('h3');
    heading.textContent = context.title;
    heading.id = `panel-${context.key}`;
    this.#root.setAttribute('aria-labelledby', heading.id);
    this.#find('.panel-made').textContent = context.made;
    this.#showState(STATES.indexOf('CLOSED'));
  }

  /** @returns {HTMLElement} the panel's element */
  get element() {
    return this.#root;
  }

  /** @returns {string} the last event ID this context reported, also if it has been restarted since */
  get lastEventId() {
    return this.#snapshot?.lastEventId ?? '';
  }

  /** @returns {boolean} whether the stream is open */
  get isOpen() {
    return this.#snapshot?.readyState === STATES.indexOf('OPEN');
  }

  /** @param {string} sentence why there is nothing to see here, now or in this browser */
  explain(sentence) {
    this.#notice = sentence;
    this.#showNote();
  }

  /** @param {string} sentence why this context does not exist in this browser */
  giveUp(sentence) {
    this.#root.classList.add('is-missing');
    this.#find('.badge').textContent = 'UNAVAILABLE';
    this.explain(sentence);
  }

  /** @param {Snapshot} snapshot */
  update(snapshot) {
    const before = this.#snapshot;
    if (before && before.life !== snapshot.life) {
      this.#earlier.count += before.count;
      this.#earlier.reconnections += before.reconnections;
      this.#earlier.restarts += 1;
      // A new life begins with nothing; what was seen before has still been seen.
      snapshot.lastEventId ||= before.lastEventId;
    }
    this.#snapshot = snapshot;
    this.#showState(snapshot.readyState);
    this.#find('.last-id').textContent = snapshot.lastEventId || '–';
    this.#find('.event-count').textContent = String(this.#earlier.count + snapshot.count);
    this.#find('.reconnections').textContent = String(
      this.#earlier.reconnections + snapshot.reconnections,
    );
    this.#showNote();
    this.#showEvents(snapshot);
    this.tick(Date.now());
  }

  /**
   * What changes by the mere passing of time.
   * @param {number} now
   */
  tick(now) {
    if (!this.#snapshot) return;
    const arrivals = Object.values(this.#snapshot.recent)
      .flat()
      .map(({ at }) => at);
    this.#find('.last-time').textContent =
      arrivals.length > 0 ? formatAgo(now - Math.max(...arrivals)) : '–';
    drawTimeline(this.#find('.timeline'), this.#snapshot.states, arrivals, now);
  }

  /** @param {number} readyState */
  #showState(readyState) {
    const badge = this.#find('.badge');
    if (badge.textContent === STATES[readyState]) return;
    badge.textContent = STATES[readyState];
    badge.dataset.state = STATES[readyState].toLowerCase();
  }

  #showNote() {
    const note = this.#find('.panel-note');
    const [head, detail] = this.#notice ? [this.#notice, ''] : this.#describeConnection();
    for (const [selector, text] of [
      ['.note-head', head],
      ['.note-detail', detail],
    ]) {
      const part = this.#find(selector);
      if (part.textContent !== text) part.textContent = text;
    }
    note.dataset.kind = this.#notice ? 'notice' : this.#connectionKind();
  }

  /** @returns {'first' | 'lost' | 'resumed'} */
  #connectionKind() {
    const { readyState, lastEventId, resumed } = this.#snapshot ?? {};
    if (lastEventId && readyState === STATES.indexOf('CONNECTING')) return 'lost';
    return resumed ? 'resumed' : 'first';
  }

  /** @returns {[string, string]} how the present connection began, and what that brought */
  #describeConnection() {
    const kind = this.#connectionKind();
    if (kind === 'lost') return ['Connection lost', `will resume after id ${this.lastEventId}`];
    const { restarts } = this.#earlier;
    const resumed = this.#snapshot?.resumed;
    if (!resumed) return ['First connection', 'nothing to resume yet'];
    const details = [`${count(resumed.replayed, 'event')} replayed`];
    if (!resumed.complete) details.push('older messages were forgotten');
    if (restarts > 0) details.push(`worker restarted${restarts > 1 ? ` ${restarts} times` : ''}`);
    return [`Resumed after id ${resumed.after}`, details.join(', ')];
  }

  /** @param {Snapshot} snapshot */
  #showEvents({ recent }) {
    const list = this.#find('.panel-events');
    const latest = Object.values(recent)
      .flat()
      .sort((a, b) => b.at - a.at || sequence(b) - sequence(a))
      .slice(0, SHOWN_EVENTS);
    const rows = new Map(
      [...list.children].map((row) => [/** @type {any} */ (row).dataset.id, row]),
    );
    // Rows that stay are not touched, so that only new ones light up.
    for (const [index, event] of latest.entries()) {
      const row = rows.get(event.id) ?? eventRow(event);
      if (list.children[index] !== row) list.insertBefore(row, list.children[index] ?? null);
    }
    while (list.children.length > latest.length) list.lastElementChild.remove();
  }

  /**
   * @param {string} selector
   * @returns {any}
   */
  #find(selector) {
    return this.#root.querySelector(selector);
  }
}

/**
 * @param {ReceivedEvent} event
 * @returns {number} the number in the id of this server's events
 */
function sequence({ id }) {
  return Number(id.split('-')[1]);
}

/**
 * @param {ReceivedEvent} event
 * @returns {HTMLElement}
 */
function eventRow({ type, id, data, at }) {
  const row = document.createElement('li');
  row.dataset.id = id;
  row.dataset.type = type;
  for (const [name, text] of [
    ['event-type', type],
    ['event-id', id],
    ['event-data', summarize(type, data)],
  ]) {
    const cell = document.createElement('span');
    cell.className = name;
    // Never as HTML: visitors wrote some of it.
    cell.textContent = text;
    row.append(cell);
  }
  row.title = `${formatTime(at)}\n${data}`;
  return row;
}
