// What one event, one chunk and one byte cost, part by part.

/**
 * @typedef {object} Part
 * @property {string} title
 * @property {'event' | 'chunk' | 'byte'} per
 */

/** @type {Record<string, Part>} */
export const parts = {
  feed: { title: 'small tick: copied in and parsed by the module', per: 'event' },
  decode: { title: 'small tick: its text decoded', per: 'event' },
  values: { title: 'small tick: both of these, the record read, the strings cut', per: 'event' },
  turn: { title: 'a turn between two events, nothing else', per: 'event' },
  event: { title: 'small tick: everything but `fetch()`, to the listener', per: 'event' },
  'chunk-values': {
    title: 'a chunk of one event of 250 bytes: parsed, its strings cut',
    per: 'chunk',
  },
  'chunk-event': { title: 'the same: everything but `fetch()`, to the listener', per: 'chunk' },
  'byte-feed': { title: 'event of 1 MB: copied in, parsed and gathered', per: 'byte' },
  'byte-decode': { title: 'event of 1 MB: its text decoded', per: 'byte' },
  'byte-values': { title: 'event of 1 MB: all of that', per: 'byte' },
};
