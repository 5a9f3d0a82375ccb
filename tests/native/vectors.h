// Loads tests/vectors/*.json; tests/support/vectors.js describes the format.
#ifndef EVENTSOURCE_TESTS_VECTORS_H_
#define EVENTSOURCE_TESTS_VECTORS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "stream_reader.h"

namespace eventsource {

struct Vector {
  std::string topic;
  std::string name;
  std::string input;
  std::vector<Event> events;
  std::string last_event_id;
  std::optional<std::uint32_t> reconnection_time;
};

std::vector<Vector> load_vectors();

}  // namespace eventsource

#endif  // EVENTSOURCE_TESTS_VECTORS_H_
