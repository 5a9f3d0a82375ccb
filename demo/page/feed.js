/**
 * The subscription, written once for all four places it runs in: the page, a dedicated worker, a
 * shared worker and a service worker. It holds one EventSource and describes it in snapshots, which
 * are plain objects so that they can be posted from a worker to the page.
 */

// On disk this leads from demo/page/ to js/; the page is served from the root, where a URL cannot
// climb any higher, so that there it leads to /js/.
import { EventSource } from '../../js/entries/index.js';

/**
 * @typedef {object} ReceivedEvent
 * @property {string} type
 * @property {string} id the last event ID it carried
 * @property {string} data
 * @property {number} at when it arrived, milliseconds since the epoch
 */

/**
 * @typedef {object} Snapshot
 * @property {string} life which life of this context: a restarted worker has a new one
 * @property {number} readyState as the EventSource says; CLOSED if there is none
 * @property {{ readyState: number, at: number }[]} states its latest changes
 * @property {string} lastEventId
 * @property {number} count how many events arrived
 * @property {number} reconnections how often the connection was lost and came back
 * @property {{ after: string, replayed: number, complete: boolean } | null} resumed what the server
 *   said about the last id it was given
 * @property {Record<string, ReceivedEvent[]>} recent the latest events of each type, oldest first
 */

/** How many events of each type a snapshot holds. */
const REMEMBERED = { message: 60, figures: 60 };
const REMEMBERED_STATES = 40;

// One chunk can bring a hundred events; they make one snapshot, not a hundred.
const REPORT_DELAY_MS = 30;

export class Feed {
  #report;
  /** @type {EventSource | null} */
  #source = null;
  #reportDue = false;
  #wasLost = false;

  /** @type {Snapshot} */
  #snapshot = {
    life: Math.random().toString(36).slice(2),
    readyState: EventSource.CLOSED,
    states: [],
    lastEventId: '',
    count: 0,
    reconnections: 0,
    resumed: null,
    recent: { message: [], figures: [] },
  };

  /** @param {(snapshot: Snapshot) => void} report called soon after every change */
  constructor(report) {
    this.#report = report;
  }

  /**
   * Subscribes, unless that is done already: it may be called again and again to make sure.
   * @param {string} after the last id the page saw from this context. A new EventSource has no
   *   Last-Event-ID to send, so the URL says where to go on.
   */
  open(after) {
    if (!this.#source || this.#source.readyState === EventSource.CLOSED) {
      this.#subscribe(this.#snapshot.lastEventId || after);
    }
    this.#reportSoon();
  }

  /** Closes the connection; `open()` goes on where it ended. */
  close() {
    this.#source?.close();
    this.#source = null;
    this.#wasLost = false;
    this.#changed();
  }

  /** @param {string} after */
  #subscribe(after) {
    const source = new EventSource(
      after ? `/events?after=${encodeURIComponent(after)}` : '/events',
    );
    this.#source = source;
    source.onopen = () => {
      if (this.#wasLost) this.#snapshot.reconnections += 1;
      this.#wasLost = false;
      this.#changed();
    };
    source.onerror = () => {
      this.#wasLost = true;
      this.#changed();
    };
    for (const type of Object.keys(REMEMBERED)) {
      source.addEventListener(type, (event) => this.#received(/** @type {MessageEvent} */ (event)));
    }
    source.addEventListener('resumed', (event) => {
      this.#snapshot.resumed = JSON.parse(/** @type {MessageEvent} */ (event).data);
      this.#changed();
    });
    this.#changed();
  }

  /** @param {MessageEvent} event */
  #received({ type, data, lastEventId }) {
    const kind = /** @type {keyof typeof REMEMBERED} */ (type);
    this.#snapshot.count += 1;
    this.#snapshot.lastEventId = lastEventId;
    push(
      this.#snapshot.recent[kind],
      { type, id: lastEventId, data, at: Date.now() },
      REMEMBERED[kind],
    );
    this.#reportSoon();
  }

  /** Notes the state of the connection, which has no event for every change. */
  #changed() {
    const readyState = this.#source?.readyState ?? EventSource.CLOSED;
    if (readyState !== this.#snapshot.states.at(-1)?.readyState) {
      push(this.#snapshot.states, { readyState, at: Date.now() }, REMEMBERED_STATES);
    }
    this.#snapshot.readyState = readyState;
    this.#reportSoon();
  }

  #reportSoon() {
    if (this.#reportDue) return;
    this.#reportDue = true;
    setTimeout(() => {
      this.#reportDue = false;
      this.#report(structuredClone(this.#snapshot));
    }, REPORT_DELAY_MS);
  }
}

/**
 * @template T
 * @param {T[]} list
 * @param {T} item
 * @param {number} most
 */
function push(list, item, most) {
  list.push(item);
  if (list.length > most) list.shift();
}
