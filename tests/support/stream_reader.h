// What the shim does with the parser, in C++: stages slices, takes records, keeps the last event ID
// string.
#ifndef EVENTSOURCE_TESTS_STREAM_READER_H_
#define EVENTSOURCE_TESTS_STREAM_READER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "event_stream_parser.h"

namespace eventsource {

// Strings are UTF-8, ill-formed sequences replaced by U+FFFD.
struct Event {
  std::string type;
  std::string data;
  std::string last_event_id;

  bool operator==(const Event&) const = default;
};

class StreamReader {
 public:
  explicit StreamReader(std::uint32_t max_event_bytes = kDefaultEventBytes);

  // A chunk of any size, cut into slices as the shim cuts it.
  void read(std::string_view chunk);

  [[nodiscard]] const std::vector<Event>& events() const { return events_; }
  [[nodiscard]] const std::string& last_event_id() const { return last_event_id_; }
  [[nodiscard]] std::optional<std::uint32_t> reconnection_time() const { return retry_; }
  // kDone, kTooLarge or kNoMemory.
  [[nodiscard]] FeedStatus failure() const { return failure_; }
  EventStreamParser& parser() { return parser_; }

 private:
  void read_slice(std::string_view slice);
  void take_records();
  void take_text(std::string_view text, const EventRecord* records, std::uint32_t count);

  EventStreamParser parser_;
  std::unique_ptr<ChunkOutput> output_;
  std::vector<Event> events_;
  std::string last_event_id_;
  std::optional<std::uint32_t> retry_;
  FeedStatus failure_ = FeedStatus::kDone;
};

// https://encoding.spec.whatwg.org/#utf-8-decoder, and encoded again.
std::string replace_ill_formed(std::string_view bytes);

}  // namespace eventsource

#endif  // EVENTSOURCE_TESTS_STREAM_READER_H_
