#include "retry_policy.h"

namespace eventsource {
namespace {

std::uint32_t at_least(std::uint32_t value, std::uint32_t least) {
  return value < least ? least : value;
}

std::uint32_t at_most(std::uint32_t value, std::uint32_t most) {
  return value < most ? value : most;
}

// A random part of a time: the product of both without its lower 16 bits, in two steps that fit.
std::uint32_t part_of(std::uint32_t time, std::uint32_t random) {
  return (time >> 16) * random + ((time & 0xFFFF) * random >> 16);
}

}  // namespace

std::uint32_t milliseconds_between(std::uint32_t from, std::uint32_t to) {
  const auto passed = static_cast<std::int32_t>(to - from);
  return passed < 0 ? 0 : static_cast<std::uint32_t>(passed);
}

// "Wait a delay equal to the reconnection time of the event source. Optionally, wait some more. In
// particular, if the previous attempt failed, then user agents might introduce an exponential
// backoff delay". #reestablish-the-connection
std::uint32_t reconnection_delay(std::uint32_t reconnection_time, std::uint32_t failures,
                                 std::uint32_t since_attempt, std::uint32_t random) {
  std::uint32_t backoff = reconnection_time;
  for (std::uint32_t i = 1; i < failures && backoff < kBackoffCeiling; ++i) {
    backoff = at_least(backoff, kMinAttemptInterval) * 2;
  }
  backoff = at_least(at_most(backoff, kBackoffCeiling), reconnection_time);
  const std::uint32_t half = (backoff - reconnection_time) / 2;
  // Clients that lost the same server do not come back together: somewhere in the upper half of
  // what backing off added, and in the tenth above the reconnection time where that is more.
  const std::uint32_t spread = at_least(half, reconnection_time / 10);
  const std::uint32_t delay = reconnection_time + half + part_of(spread, random);
  const std::uint32_t floor = kMinAttemptInterval - at_most(since_attempt, kMinAttemptInterval);
  return at_most(at_least(delay, floor), kMaxReconnectionTime);
}

}  // namespace eventsource
