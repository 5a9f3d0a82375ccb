// The parser of text/event-stream: bytes in, event records out.
// https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
//
// It knows no transport and no clock. Whatever a chunk leaves unfinished is kept here and never
// scanned again, so that the time is linear in the bytes however they are cut.
#ifndef EVENTSOURCE_EVENT_STREAM_PARSER_H_
#define EVENTSOURCE_EVENT_STREAM_PARSER_H_

#include <cstdint>

#include "byte_buffer.h"
#include "bytes.h"
#include "event_record.h"
#include "retry_policy.h"

namespace eventsource {

// A line of this many bytes can be told apart even when its end is not in sight: the longest known
// names, `event` and `retry`, with their colon and the space that may follow it.
inline constexpr std::uint32_t kLongestFieldStart = 7;

enum class Field : std::uint8_t {
  kNone = 0,  // at the start of a line
  kIgnored,   // a comment, or a name that the standard does not know
  kData,
  kEvent,
  kId,
  kRetry,
};

class EventStreamParser {
 public:
  // `max_event_bytes`: of data, type and ID together, unfinished values included; at most
  // kMaxEventBytes.
  [[gnu::always_inline]] explicit EventStreamParser(
      std::uint32_t max_event_bytes = kDefaultEventBytes)
      : max_event_bytes_(max_event_bytes) {}

  // Begins a new stream: forgets everything that the previous one left unfinished.
  void begin_stream();

  // Parses the chunk, at most kStagingBytes long, and fills `output`. The chunk must be preceded by
  // kHeadroomBytes that may be written to, and followed by kSlackBytes that may be read. A status
  // other than kDone asks for another call with the bytes that were not consumed, even if there are
  // none.
  void feed(const std::uint8_t* chunk, const std::uint8_t* end, ChunkOutput& output);

 private:
  const std::uint8_t* skip_byte_order_mark(const std::uint8_t* at, const std::uint8_t* end);
  const std::uint8_t* restore_field_name(const std::uint8_t* at);
  const std::uint8_t* skip_line_end(const std::uint8_t* at, const std::uint8_t* end);
  const std::uint8_t* parse_lines(const std::uint8_t* at, const std::uint8_t* end,
                                  ChunkOutput& output);

  void process_line(const std::uint8_t* line, const std::uint8_t* end, bool open,
                    ChunkOutput& output);
  void continue_line(const std::uint8_t* part, const std::uint8_t* end, bool open,
                     ChunkOutput& output);
  void process_field(Field field, const std::uint8_t* value, const std::uint8_t* end,
                     ChunkOutput& output);
  void append_data(const std::uint8_t* value, const std::uint8_t* end, ChunkOutput& output);
  static void process_retry(const std::uint8_t* value, const std::uint8_t* end,
                            ChunkOutput& output);

  void dispatch(ChunkOutput& output);
  void save_block(ChunkOutput& output);
  void save_value(Bytes& value, ByteBuffer& buffer, ChunkOutput& output);
  void reset_block();

  void append(ByteBuffer& buffer, const std::uint8_t* begin, const std::uint8_t* end,
              ChunkOutput& output);

  // What begins as zero stands without a gap, so that one call fills it.

  // --- The block that is being read -------------------------------------------------------------

  // The *data buffer* without its last U+000A. It grows in the output's text; once the block spans
  // chunks (spans_), here. Without lines it is the last record's text, which the next call
  // releases.
  ByteBuffer data_;
  // The *event type buffer*: points into the chunk, or at type_buffer_ once a chunk has ended.
  Bytes type_ = {};
  ByteBuffer type_buffer_;
  // The *last event ID buffer*, if this block has set it; same manner. The last event ID *string*
  // is the caller's, and only a record changes it.
  Bytes id_ = {};
  ByteBuffer id_buffer_;
  std::uint32_t data_lines_ = 0;  // the data buffer is not empty when there are any

  // --- What the end of a chunk can cut ----------------------------------------------------------

  // The value so far of a line that the previous chunk began and did not end; but the value of
  // `data` goes to the data buffer at once, and what is ignored goes nowhere.
  ByteBuffer open_value_;
  std::uint8_t field_name_size_ = 0;
  // The field of the open line, once it can be told.
  Field open_field_ = Field::kNone;
  // The previous byte was a U+000D: a U+000A that follows belongs to it.
  bool after_carriage_return_ = false;
  // Bytes of the byte order mark seen at the start of the stream; kMarkSettled when that is over.
  std::uint8_t mark_seen_ = 0;

  // --- More of the block ------------------------------------------------------------------------

  bool has_id_ = false;
  bool spans_ = false;  // an earlier chunk has left something of this block in the buffers above

  const std::uint32_t max_event_bytes_;
  // The line so far, while it is too short to tell which field it is.
  std::uint8_t field_name_[kLongestFieldStart - 1];
};

}  // namespace eventsource

#endif  // EVENTSOURCE_EVENT_STREAM_PARSER_H_
