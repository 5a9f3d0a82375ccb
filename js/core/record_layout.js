// Where things are in the core's memory: the mirror of src/event_record.h. Offsets are in 32-bit words
// from output(), sizes in bytes. tests/js/record_layout.test.js compares both.

/** The largest slice that one feed() takes, in bytes. */
export const STAGING_BYTES = 65536;

/** `data_length` of a block without an event, `id_length` of one without an ID. */
export const NONE = -1;

// enum class FeedStatus
export const STATUS_DONE = 0;
export const STATUS_TOO_LARGE = 2;
export const STATUS_NO_MEMORY = 3;

/** Bytes of data, type and ID that one event may have where nothing else is said. */
export const DEFAULT_EVENT_BYTES = 67108864;
/** The most that can be said. */
export const MAX_EVENT_BYTES = 268435456;

// struct ChunkOutput
export const STATUS = 0;
export const CONSUMED = 1;
export const TEXT = 3;
export const TEXT_BYTES = 4;
export const RECORDS = 7;
export const MAX_RECORDS = 1024;

/** Where a slice is put. */
export const STAGED = 20508;

// struct EventRecord
export const RECORD_WORDS = 4;
export const DATA_LENGTH = 0;
export const DATA_LINES = 1;
export const TYPE_LENGTH = 2;
export const ID_LENGTH = 3;

// The constants of src/connection.h. Zero and above: reestablish, and wait that many milliseconds.
export const NOTHING = -1;
export const FETCH = -2;
export const FETCH_WITHOUT_ID = -3;
export const ANNOUNCE = -4;
export const FAIL = -5;
export const PROBE = -6;
