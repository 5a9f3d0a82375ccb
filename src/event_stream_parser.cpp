#include "event_stream_parser.h"

#include "line_end.h"

namespace eventsource {
namespace {

constexpr std::uint8_t kByteOrderMark[] = {0xEF, 0xBB, 0xBF};
constexpr std::uint8_t kMarkSettled = 3;

constexpr std::uint8_t kSeparator = '\n';

// Four bytes as they stand in a little-endian load.
consteval std::uint32_t four(const char (&text)[5]) {
  std::uint32_t bytes = 0;
  for (std::uint32_t i = 0; i < 4; ++i) {
    bytes |= static_cast<std::uint32_t>(text[i]) << (8 * i);
  }
  return bytes;
}

std::uint32_t size_of(const Bytes& value) {
  return static_cast<std::uint32_t>(value.end - value.begin);
}

// Puts a value and its separator into the text; gives the place behind them.
std::uint8_t* put_value(std::uint8_t* to, const Bytes& value) {
  const std::uint32_t size = size_of(value);
  copy_short(to, value.begin, size);
  to += size;
  *to = kSeparator;
  return to + 1;
}

struct Name {
  Field field;
  std::uint32_t size;
};

// The known field that the line's name begins with. Names are told apart by one 32-bit load, which
// may reach behind the line; a shorter line cannot match, because a line end is no part of a name.
[[gnu::always_inline]] inline Name name_at(const std::uint8_t* line) {
  std::uint32_t start = 0;
  __builtin_memcpy(&start, line, sizeof start);
  if (start == four("data")) {
    return {Field::kData, 4};
  }
  if (start == four("even") && line[4] == 't') {
    return {Field::kEvent, 5};
  }
  if ((start & 0xFFFF) == (four("id\0\0") & 0xFFFF)) {
    return {Field::kId, 2};
  }
  if (start == four("retr") && line[4] == 'y') {
    return {Field::kRetry, 5};
  }
  return {Field::kIgnored, 0};
}

}  // namespace

void EventStreamParser::begin_stream() {
  reset_block();
  data_.release();
  open_field_ = Field::kNone;
  open_value_.release();
  field_name_size_ = 0;
  after_carriage_return_ = false;
  mark_seen_ = 0;
}

void EventStreamParser::feed(const std::uint8_t* chunk, const std::uint8_t* end,
                             ChunkOutput& output) {
  if (data_lines_ == 0 && data_.size() != 0) {
    data_.release();
  }
  output.status = FeedStatus::kDone;
  output.record_count = 0;
  output.text = output.values;
  output.text_bytes = 0;
  output.block_bytes = 0;

  const std::uint8_t* at = skip_byte_order_mark(chunk, end);
  if (at != end && after_carriage_return_) {
    after_carriage_return_ = false;
    if (*at == '\n') {
      ++at;
    }
  }
  if (at != end) {
    at = parse_lines(restore_field_name(at), end, output);
    save_block(output);
  }
  output.consumed = static_cast<std::uint32_t>(at - chunk);
  if (output.status > FeedStatus::kAgain) {
    begin_stream();
  }
}

// Gives where it stopped: at the chunk's end, or behind the block whose record must be taken first.
const std::uint8_t* EventStreamParser::parse_lines(const std::uint8_t* at, const std::uint8_t* end,
                                                   ChunkOutput& output) {
  while (at != end && output.status == FeedStatus::kDone) {
    const std::uint8_t* const line_end = find_line_end(at, end);
    const bool open = line_end == end;
    if (open_field_ != Field::kNone) {
      continue_line(at, line_end, open, output);
    } else if (line_end == at) {
      dispatch(output);
    } else {
      process_line(at, line_end, open, output);
    }
    at = open ? end : skip_line_end(line_end, end);
  }
  return at;
}

// "One leading U+FEFF BYTE ORDER MARK character must be ignored if any are present", and only at
// the very start of the stream, however the chunks cut it.
const std::uint8_t* EventStreamParser::skip_byte_order_mark(const std::uint8_t* at,
                                                            const std::uint8_t* end) {
  while (mark_seen_ < kMarkSettled && at != end) {
    if (*at != kByteOrderMark[mark_seen_]) {
      // The bytes taken so far were no mark after all. They begin a line whose name cannot be a
      // known one, so that only its end matters.
      if (mark_seen_ != 0) {
        open_field_ = Field::kIgnored;
      }
      mark_seen_ = kMarkSettled;
      break;
    }
    ++mark_seen_;
    ++at;
  }
  return at;
}

// Puts the bytes of a cut field name back in front of the chunk, into the headroom.
const std::uint8_t* EventStreamParser::restore_field_name(const std::uint8_t* at) {
  auto* const to = const_cast<std::uint8_t*>(at) - field_name_size_;
  copy_bytes(to, field_name_, field_name_size_);
  field_name_size_ = 0;
  return to;
}

// A U+000D ends the line at once; whether a U+000A follows may be for the next chunk to tell.
const std::uint8_t* EventStreamParser::skip_line_end(const std::uint8_t* at,
                                                     const std::uint8_t* end) {
  if (*at++ == '\r') {
    if (at == end) {
      after_carriage_return_ = true;
    } else if (*at == '\n') {
      ++at;
    }
  }
  return at;
}

// "Collect the characters on the line before the first U+003A COLON character (:) [...] If value
// starts with a U+0020 SPACE character, remove it from value", then "process the field". A line
// without a colon is a field with an empty value. An open line is one that the chunk's end cuts.
void EventStreamParser::process_line(const std::uint8_t* line, const std::uint8_t* end, bool open,
                                     ChunkOutput& output) {
  const auto size = static_cast<std::uint32_t>(end - line);
  if (open && size < kLongestFieldStart) {
    copy_bytes(field_name_, line, size);
    field_name_size_ = static_cast<std::uint8_t>(size);
    return;
  }
  auto [field, name_size] = name_at(line);
  const std::uint8_t* value = line + name_size;
  if (value != end) {
    if (*value != ':') {
      field = Field::kIgnored;
    }
    ++value;
    if (value != end && *value == ' ') {
      ++value;
    }
  }
  if (open) {
    open_field_ = field;
  }
  if (field == Field::kData) {
    append_data(value, end, output);
  } else if (!open) {
    process_field(field, value, end, output);
  } else if (field != Field::kIgnored) {
    append(open_value_, value, end, output);
  }
}

// "Process the field", but for `data`.
void EventStreamParser::process_field(Field field, const std::uint8_t* value,
                                      const std::uint8_t* end, ChunkOutput& output) {
  if (field == Field::kEvent) {
    type_ = {value, end};
  } else if (field == Field::kId) {
    // An ID with a U+0000 is ignored, and the one before it stays.
    if (!contains_null(value, end)) {
      id_ = {value, end};
      has_id_ = true;
    }
  } else if (field == Field::kRetry) {
    process_retry(value, end, output);
  }
}

// More of the line that an earlier chunk began, whose data buffer is a saved one by now. Where it
// ends, it is whole, and what it gives is kept at once, because its bytes are not in the chunk.
void EventStreamParser::continue_line(const std::uint8_t* part, const std::uint8_t* end, bool open,
                                      ChunkOutput& output) {
  const Field field = open_field_;
  if (field != Field::kIgnored) {
    append(field == Field::kData ? data_ : open_value_, part, end, output);
  }
  if (!open) {
    process_field(field, open_value_.begin(), open_value_.end(), output);
    open_field_ = Field::kNone;
    save_block(output);
    open_value_.release();
  }
}

// "Append the field value to the data buffer, then append a single U+000A LINE FEED (LF)
// character": here in front of the next line instead, because the last one does not count.
void EventStreamParser::append_data(const std::uint8_t* value, const std::uint8_t* end,
                                    ChunkOutput& output) {
  const bool is_first = data_lines_++ == 0;
  if (spans_) {
    if (!is_first) {
      append(data_, &kSeparator, &kSeparator + 1, output);
    }
    append(data_, value, end, output);
    return;
  }
  std::uint8_t* to = output.values + output.text_bytes;
  if (!is_first) {
    *to++ = kSeparator;
  }
  const auto size = static_cast<std::uint32_t>(end - value);
  copy_short(to, value, size);
  output.text_bytes = static_cast<std::uint32_t>(to + size - output.values);
}

// "If the field value consists of only ASCII digits, then interpret the field value as an integer
// in base ten".
void EventStreamParser::process_retry(const std::uint8_t* value, const std::uint8_t* end,
                                      ChunkOutput& output) {
  std::uint32_t milliseconds = 0;
  for (const std::uint8_t* at = value; at != end; ++at) {
    const std::uint32_t digit = static_cast<std::uint32_t>(*at) - '0';
    if (digit > 9) {
      return;
    }
    // Saturates, and the product fits 32 bits before it does.
    milliseconds =
        milliseconds > kMaxReconnectionTime / 10 ? kMaxReconnectionTime : milliseconds * 10 + digit;
  }
  if (value != end) {
    output.reconnection_time =
        milliseconds < kMaxReconnectionTime ? milliseconds : kMaxReconnectionTime;
  }
}

// "When the user agent is required to dispatch the event". #dispatchMessage
void EventStreamParser::dispatch(ChunkOutput& output) {
  // Steps 1 and 2: the last event ID buffer counts, also where the data buffer is empty and there
  // is no event.
  const std::uint32_t data_size = spans_ ? data_.size() : output.text_bytes - output.block_bytes;
  const std::uint32_t type_size = size_of(type_);
  const std::uint32_t id_size = size_of(id_);
  if (data_size + type_size + id_size > max_event_bytes_) {
    output.status = FeedStatus::kTooLarge;
  } else if (data_lines_ != 0 || has_id_) {
    std::uint8_t* to = output.values + output.text_bytes;
    if (spans_) {
      to = data_.add(type_size + id_size + 3);
      if (to == nullptr) {
        output.status = FeedStatus::kNoMemory;
        return;
      }
    }
    EventRecord& record = output.records[output.record_count++];
    record.data_lines = data_lines_;
    record.data_length = data_lines_ == 0 ? kNoEvent : data_size;
    // Steps 5 and 6: a type only where the event type buffer is not empty.
    record.type_length = type_size;
    record.id_length = has_id_ ? id_size : kIdUnchanged;
    // One store at the end: through output, each step would wait for the one before it.
    *to++ = kSeparator;
    to = put_value(to, type_);
    if (has_id_) {
      to = put_value(to, id_);
    }
    if (spans_) {
      output.text = data_.begin();
    }
    output.text_bytes = static_cast<std::uint32_t>(to - output.text);
    output.block_bytes = output.text_bytes;
    if (spans_ || output.record_count == kMaxRecords) {
      output.status = FeedStatus::kAgain;
    }
  }
  reset_block();
}

// The chunk is about to be overwritten: what its block has gathered moves into buffers.
void EventStreamParser::save_block(ChunkOutput& output) {
  if (output.text_bytes != output.block_bytes) {
    append(data_, output.values + output.block_bytes, output.values + output.text_bytes, output);
    output.text_bytes = output.block_bytes;
  }
  save_value(type_, type_buffer_, output);
  save_value(id_, id_buffer_, output);
  spans_ |= (data_lines_ != 0) | has_id_ | (type_.begin != nullptr);
}

void EventStreamParser::save_value(Bytes& value, ByteBuffer& buffer, ChunkOutput& output) {
  if (value.begin == buffer.begin()) {
    return;
  }
  if (value.begin == open_value_.begin()) {
    buffer.take(open_value_);
    return;
  }
  buffer.release();
  append(buffer, value.begin, value.end, output);
  value = {buffer.begin(), buffer.end()};
}

// Step 7: "Set the data buffer and the event type buffer to the empty string." What data_ holds may
// be lent to the caller.
void EventStreamParser::reset_block() {
  // The last one first, which costs the allocator least.
  id_buffer_.release();
  type_buffer_.release();
  type_ = {};
  id_ = {};
  data_lines_ = 0;
  has_id_ = false;
  spans_ = false;
}

// All that an unfinished event has is held to the limit while it grows.
void EventStreamParser::append(ByteBuffer& buffer, const std::uint8_t* begin,
                               const std::uint8_t* end, ChunkOutput& output) {
  const auto added = static_cast<std::uint32_t>(end - begin);
  if (data_.size() + type_buffer_.size() + id_buffer_.size() + open_value_.size() + added >
      max_event_bytes_) {
    output.status = FeedStatus::kTooLarge;
  } else if (!buffer.append(begin, end)) {
    output.status = FeedStatus::kNoMemory;
  }
}

}  // namespace eventsource
