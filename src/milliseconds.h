// Arithmetic of times. A clock may start and wrap anywhere: only differences count.
#ifndef EVENTSOURCE_MILLISECONDS_H_
#define EVENTSOURCE_MILLISECONDS_H_

#include <cstdint>

namespace eventsource {

inline std::uint32_t at_least(std::uint32_t value, std::uint32_t least) {
  return value < least ? least : value;
}

inline std::uint32_t at_most(std::uint32_t value, std::uint32_t most) {
  return value < most ? value : most;
}

// From one reading of a clock to another. Zero for a clock that was set back; so a time of more
// than 24.8 days is zero, too, which nobody minds.
inline std::uint32_t milliseconds_between(std::uint32_t from, std::uint32_t to) {
  const auto passed = static_cast<std::int32_t>(to - from);
  return passed < 0 ? 0 : static_cast<std::uint32_t>(passed);
}

}  // namespace eventsource

#endif  // EVENTSOURCE_MILLISECONDS_H_
