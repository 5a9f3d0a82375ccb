#include "stream_reader.h"

#include <cstdlib>
#include <cstring>

namespace eventsource {
namespace {

// A contradiction within the parser's output, seen in tests and by the fuzzer alike.
void require(bool condition) {
  if (!condition) {
    std::abort();
  }
}

}  // namespace

StreamReader::StreamReader(std::uint32_t max_event_bytes)
    : parser_(max_event_bytes), output_(std::make_unique<ChunkOutput>()) {}

void StreamReader::read(std::string_view chunk) {
  do {
    read_slice(chunk.substr(0, kStagingBytes));
    chunk.remove_prefix(std::min<std::size_t>(chunk.size(), kStagingBytes));
  } while (!chunk.empty());
}

void StreamReader::read_slice(std::string_view slice) {
  // Exactly as much as the parser may touch, so that the sanitizers see a byte too many.
  const auto staging =
      std::make_unique<std::uint8_t[]>(kHeadroomBytes + slice.size() + kSlackBytes);
  const std::uint8_t* at = staging.get() + kHeadroomBytes;
  const std::uint8_t* const end = at + slice.size();
  if (!slice.empty()) {
    std::memcpy(staging.get() + kHeadroomBytes, slice.data(), slice.size());
  }
  do {
    constexpr std::uint32_t kUnset = 0xFFFFFFFF;
    output_->reconnection_time = kUnset;
    parser_.feed(at, end, *output_);
    require(output_->consumed <= static_cast<std::size_t>(end - at));
    at += output_->consumed;
    if (output_->reconnection_time != kUnset) {
      retry_ = output_->reconnection_time;
    }
    take_records();
  } while (output_->status == FeedStatus::kAgain);
  failure_ = output_->status;
  require(failure_ != FeedStatus::kDone || at == end);
}

void StreamReader::take_records() {
  require(output_->record_count <= kMaxRecords);
  require(output_->text == output_->values ? output_->text_bytes <= kStagingBytes
                                           : output_->record_count == 1);
  take_text({reinterpret_cast<const char*>(output_->text), output_->text_bytes}, output_->records,
            output_->record_count);
}

void StreamReader::take_text(std::string_view text, const EventRecord* records,
                             std::uint32_t count) {
  const auto take = [&text](std::uint32_t length) {
    require(length < text.size() && text[length] == '\n');
    std::string value = replace_ill_formed(text.substr(0, length));
    text.remove_prefix(length + 1);
    return value;
  };
  for (const EventRecord* record = records; record != records + count; ++record) {
    Event event;
    const bool is_event = record->data_length != kNoEvent;
    require(is_event == (record->data_lines != 0));
    event.data = take(is_event ? record->data_length : 0);
    event.type = take(record->type_length);
    if (record->id_length != kIdUnchanged) {
      last_event_id_ = take(record->id_length);
    }
    if (!is_event) {
      continue;
    }
    // The other way to find the end of the data, by its lines, must lead to the same place.
    std::uint32_t line_ends = 0;
    for (const char byte : event.data) {
      line_ends += byte == '\n' ? 1 : 0;
    }
    require(line_ends + 1 == record->data_lines);
    event.last_event_id = last_event_id_;
    if (event.type.empty()) {
      event.type = "message";
    }
    events_.push_back(std::move(event));
  }
  require(text.empty());
}

std::string replace_ill_formed(std::string_view bytes) {
  std::string text;
  const auto at = [&bytes](std::size_t index) -> std::uint32_t {
    return index < bytes.size() ? static_cast<std::uint8_t>(bytes[index]) : 0;
  };
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t start = i;
    const std::uint32_t lead = at(i++);
    std::uint32_t needed = 0;
    if (lead >= 0xC2 && lead <= 0xF4) {
      needed = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    }
    std::uint32_t lower = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    std::uint32_t upper = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    bool whole = lead < 0x80 || needed != 0;
    for (; needed != 0; --needed) {
      if (at(i) < lower || at(i) > upper) {
        whole = false;
        break;
      }
      ++i;
      lower = 0x80;
      upper = 0xBF;
    }
    text += whole ? bytes.substr(start, i - start) : "\xEF\xBF\xBD";
  }
  return text;
}

}  // namespace eventsource
