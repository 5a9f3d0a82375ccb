// Feeds arbitrary bytes to a parser with a small limit, at times without memory: no event exceeds
// the limit, no more memory is held than docs/decisions/0006-largest-event.md says, and none is
// left.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "failing_memory.h"
#include "stream_reader.h"

using namespace eventsource;

namespace {

void require(bool condition) {
  if (!condition) {
    std::abort();
  }
}

void read(std::string_view rest, std::uint32_t limit, std::uint32_t random) {
  StreamReader reader(limit);
  while (!rest.empty()) {
    random = random * 1664525 + 1013904223;
    memory_limit = (random >> 28) == 0 ? 64 : 0;
    const std::size_t step = (random >> 16) % 40;
    reader.read(rest.substr(0, step));
    memory_limit = 0;
    rest.remove_prefix(std::min(step, rest.size()));
    // Twice each value, and what the smallest block has more; 19 bytes more in a text of its own.
    require(memory_held() <= 2 * (std::size_t{limit} + 19) + 4 * std::size_t{64});
    require(reader.failure() == FeedStatus::kDone || memory_held() == 0);
  }
  for (const Event& event : reader.events()) {
    // U+FFFD is longer than what it stands for.
    if (event.data.find("\xEF\xBF\xBD") == std::string::npos) {
      require(event.data.size() <= limit);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) {
    return 0;
  }
  read({reinterpret_cast<const char*>(data) + 2, size - 2}, 1 + data[0], data[1]);
  require(memory_held() == 0);
  return 0;
}
