// Feeds arbitrary bytes: cut as the first byte says, and whole. Both must give the same events, and
// nothing may be touched that the parser does not own.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "stream_reader.h"

using eventsource::StreamReader;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) {
    return 0;
  }
  std::uint32_t random = data[0];
  std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  StreamReader whole;
  whole.read(rest);
  StreamReader cut;
  while (!rest.empty()) {
    random = random * 1664525 + 1013904223;
    // Mostly a few bytes, at times many.
    const std::size_t step = (random >> 24) % 8 == 0 ? (random >> 16) % 128 : (random >> 16) % 9;
    cut.read(rest.substr(0, step));
    rest.remove_prefix(std::min(step, rest.size()));
  }
  if (whole.events() != cut.events() || whole.last_event_id() != cut.last_event_id() ||
      whole.reconnection_time() != cut.reconnection_time()) {
    std::abort();
  }
  return 0;
}
