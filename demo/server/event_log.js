/**
 * What the server remembers of what it sent, so that a client that comes back with Last-Event-ID
 * gets everything it missed.
 *
 * Each event type has its own ring: figures come every second and would otherwise push the few
 * messages out, and it is the messages that must not be lost.
 */

/**
 * @typedef {object} LoggedEvent
 * @property {number} sequence its place in the order of all events of this run
 * @property {string} id what goes into the `id` field
 * @property {string} type the event type
 * @property {string} data the event's data
 */

/**
 * @typedef {object} Replay
 * @property {LoggedEvent[]} events what to send again, in order
 * @property {boolean} complete false if posted messages were already forgotten
 */

export class EventLog {
  /** Set apart from the ids of an earlier run of this server, whose sequence numbers mean nothing. */
  #run;
  #sequence = 0;
  /** @type {Map<string, { capacity: number, events: LoggedEvent[], forgotten: number }>} */
  #rings = new Map();

  /**
   * @param {Record<string, number>} capacities how many events of each type to remember
   * @param {string} run a short name for this run of the server
   */
  constructor(capacities, run = runName()) {
    this.#run = run;
    for (const [type, capacity] of Object.entries(capacities)) {
      this.#rings.set(type, { capacity, events: [], forgotten: 0 });
    }
  }

  /**
   * @param {string} type one of the types named to the constructor
   * @param {string} data
   * @returns {LoggedEvent} the event with its id
   */
  append(type, data) {
    const ring = this.#ring(type);
    const sequence = ++this.#sequence;
    const event = { sequence, id: `${this.#run}-${sequence}`, type, data };
    ring.events.push(event);
    if (ring.events.length > ring.capacity) {
      ring.forgotten = /** @type {LoggedEvent} */ (ring.events.shift()).sequence;
    }
    return event;
  }

  /**
   * @param {string} lastEventId the id a client saw last
   * @returns {Replay} everything remembered that came after it
   */
  after(lastEventId) {
    const known = this.#sequenceOf(lastEventId);
    // An id of another run, or one this server never gave: the client has seen nothing of this run,
    // and what it has not seen of the other one is forgotten.
    const sequence = known ?? 0;
    return {
      events: this.#inOrder([...this.#rings.values()].map((ring) => ring.events)).filter(
        (event) => event.sequence > sequence,
      ),
      complete: known !== undefined && this.#ring('message').forgotten <= sequence,
    };
  }

  /**
   * @param {Record<string, number>} counts how many events of each type
   * @returns {LoggedEvent[]} the latest ones, for a client that comes for the first time
   */
  latest(counts) {
    return this.#inOrder(
      Object.entries(counts).map(([type, count]) => this.#ring(type).events.slice(-count)),
    );
  }

  /**
   * @param {LoggedEvent[][]} lists
   * @returns {LoggedEvent[]}
   */
  #inOrder(lists) {
    return lists.flat().sort((a, b) => a.sequence - b.sequence);
  }

  /**
   * @param {string} id
   * @returns {number | undefined}
   */
  #sequenceOf(id) {
    const match = /^([a-z0-9]+)-([1-9]\d{0,14})$/.exec(id);
    if (!match || match[1] !== this.#run) return undefined;
    const sequence = Number(match[2]);
    return sequence <= this.#sequence ? sequence : undefined;
  }

  /**
   * @param {string} type
   * @returns {{ capacity: number, events: LoggedEvent[], forgotten: number }}
   */
  #ring(type) {
    const ring = this.#rings.get(type);
    if (!ring) throw new Error(`no ring was set up for events of type "${type}"`);
    return ring;
  }
}

/**
 * @returns {string} four characters that differ between two starts of the server, as a rule
 */
function runName() {
  return Math.floor(Date.now() / 1000)
    .toString(36)
    .slice(-4);
}
