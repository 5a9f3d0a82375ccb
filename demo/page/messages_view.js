/**
 * The messages visitors posted, each with four dots: which of the contexts have received it.
 */

import { formatTime } from './format.js';

/** @typedef {import('./contexts.js').Context} Context */
/** @typedef {import('./feed.js').ReceivedEvent} ReceivedEvent */

const MOST_SHOWN = 60;

/**
 * @typedef {object} ShownMessage
 * @property {HTMLElement} element
 * @property {HTMLElement} receipts
 * @property {number} time
 * @property {Set<string>} receivedBy keys of contexts
 */

export class MessagesView {
  #list;
  #contexts;
  /** By event id. @type {Map<string, ShownMessage>} */
  #shown = new Map();

  /**
   * @param {HTMLElement} list
   * @param {Context[]} contexts those this browser has
   */
  constructor(list, contexts) {
    this.#list = list;
    this.#contexts = contexts;
  }

  /**
   * @param {string} key the context
   * @param {ReceivedEvent[]} events the messages it has received
   */
  add(key, events) {
    for (const event of events) {
      const shown = this.#shown.get(event.id) ?? this.#show(event);
      if (shown && !shown.receivedBy.has(key)) {
        shown.receivedBy.add(key);
        this.#showReceipts(shown);
      }
    }
  }

  /**
   * @param {ReceivedEvent} event
   * @returns {ShownMessage | undefined} undefined if it is older than all that is shown
   */
  #show({ id, data }) {
    const { name, text, time } = JSON.parse(data);
    const element = document.createElement('li');
    const receipts = document.createElement('span');
    const shown = { element, receipts, time: Date.parse(time), receivedBy: new Set() };
    const next = [...this.#shown.values()].find((other) => other.time <= shown.time);
    if (!next && this.#shown.size >= MOST_SHOWN) return undefined;

    receipts.className = 'receipts';
    receipts.setAttribute('role', 'img');
    receipts.append(...this.#contexts.map(() => document.createElement('i')));
    const head = part('div', 'message-head');
    head.append(part('bdi', 'message-name', name), part('time', '', formatTime(time)), receipts);
    const body = part('p', 'message-text', text);
    // Whoever writes from right to left is read so.
    body.dir = 'auto';
    const initial = part('span', 'message-initial', [...name][0].toUpperCase());
    initial.setAttribute('aria-hidden', 'true');
    initial.style.setProperty('--hue', String(hueOf(name)));
    element.append(initial, head, body);

    // The newest stand on top; after a reconnection an older one may still come in between.
    this.#list.insertBefore(element, next?.element ?? null);
    this.#shown.set(id, shown);
    this.#shown = new Map([...this.#shown].sort(([, a], [, b]) => b.time - a.time));
    this.#forgetOldest();
    return shown;
  }

  #forgetOldest() {
    for (const [id, { element }] of [...this.#shown].slice(MOST_SHOWN)) {
      element.remove();
      this.#shown.delete(id);
    }
  }

  /** @param {ShownMessage} message */
  #showReceipts({ receipts, receivedBy }) {
    const titles = [];
    for (const [index, { key, title }] of this.#contexts.entries()) {
      receipts.children[index].classList.toggle('is-received', receivedBy.has(key));
      if (receivedBy.has(key)) titles.push(title.toLowerCase());
    }
    const label = `received by ${titles.join(', ')}`;
    receipts.title = label;
    receipts.setAttribute('aria-label', label);
  }
}

/**
 * @param {string} tag
 * @param {string} className
 * @param {string} text shown as it is, never as HTML
 * @returns {HTMLElement}
 */
function part(tag, className, text = '') {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.textContent = text;
  return element;
}

/**
 * @param {string} name
 * @returns {number} an angle on the colour wheel, always the same for the same name
 */
function hueOf(name) {
  let hash = 0;
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 360;
  return hash;
}
