// The layout of what the parser hands over: one EventRecord for every dispatched block, and the
// ChunkOutput area that holds the records of one feed() call together with their text.
//
// JavaScript reads both straight from linear memory; js/core/record_layout.js mirrors the numbers
// below, and a test compares the two.
#ifndef EVENTSOURCE_EVENT_RECORD_H_
#define EVENTSOURCE_EVENT_RECORD_H_

#include <cstddef>
#include <cstdint>

namespace eventsource {

// data_length of a block that only set the last event ID: its data buffer was empty, so it gives no
// event, and yet the ID counts ("dispatch the event", steps 1 and 2). Its empty data has a
// separator.
inline constexpr std::uint32_t kNoEvent = 0xFFFFFFFF;

// id_length of a block without an (accepted) `id` field: the last event ID string stays as it was.
inline constexpr std::uint32_t kIdUnchanged = 0xFFFFFFFF;

// One block. Its values follow one another in the text, each closed by one U+000A:
//   data, type, id
// and the next record's values follow at once. Lengths are in bytes and leave the separators out;
// where the decoded text is as long as its bytes are, they are UTF-16 offsets as well. Elsewhere
// the separators tell where a value ends, and `data_lines` how many of them belong to the data
// itself: a decoder neither makes nor swallows a U+000A
// (docs/decisions/0003-offsets-without-counting.md).
struct EventRecord {
  std::uint32_t data_length;  // or kNoEvent
  std::uint32_t data_lines;   // 0 where there is no event
  std::uint32_t type_length;  // 0: the event type buffer is empty, the type is "message"
  std::uint32_t id_length;    // or kIdUnchanged, and then the text holds no id and no separator
};

static_assert(sizeof(EventRecord) == 16);
static_assert(offsetof(EventRecord, data_length) == 0);
static_assert(offsetof(EventRecord, data_lines) == 4);
static_assert(offsetof(EventRecord, type_length) == 8);
static_assert(offsetof(EventRecord, id_length) == 12);

// What feed() says about the bytes that it was given.
enum class FeedStatus : std::uint32_t {
  // All of them are consumed.
  kDone = 0,
  // `consumed` of them are; take the records, then feed the rest (also when none is left).
  kAgain = 1,
  // The event exceeds the limit that its source has: the same stream would not do better.
  kTooLarge = 2,
  // The host gives no more memory for the event: as if the connection had broken off.
  kNoMemory = 3,
};

inline constexpr std::uint32_t kMaxRecords = 1024;

// The largest slice of a chunk that one feed() call takes, in bytes.
inline constexpr std::uint32_t kStagingBytes = 64 * 1024;

// Room before the slice for the bytes of a field name that the previous chunk cut.
inline constexpr std::uint32_t kHeadroomBytes = 16;

// Room behind it, so that scanning and copying may read and write whole blocks.
inline constexpr std::uint32_t kSlackBytes = 64;

// Values never outgrow their lines.
inline constexpr std::uint32_t kTextBytes = kStagingBytes + kSlackBytes;

// The bytes of data, type and ID that one event may have, if its source says nothing else, and the
// most that it can say: V8 makes no string of 2^29 code units.
// docs/decisions/0006-largest-event.md
inline constexpr std::uint32_t kDefaultEventBytes = 67108864;
inline constexpr std::uint32_t kMaxEventBytes = 268435456;

struct ChunkOutput {
  FeedStatus status;
  std::uint32_t consumed;  // bytes of the slice that are parsed
  std::uint32_t record_count;
  // The records' values: in `values`, or where the parser keeps an event that spans chunks, whose
  // record comes alone.
  const std::uint8_t* text;
  std::uint32_t text_bytes;
  // Milliseconds: the caller's, and from then on that of the last valid `retry` field of the slice.
  std::uint32_t reconnection_time;
  std::uint32_t block_bytes;  // the parser's own: where the unfinished block begins in `values`
  EventRecord records[kMaxRecords];
  std::uint8_t values[kTextBytes];
};

}  // namespace eventsource

#endif  // EVENTSOURCE_EVENT_RECORD_H_
