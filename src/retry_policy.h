// How long a reconnection waits: docs/decisions/0007-reconnection-delays.md
#ifndef EVENTSOURCE_RETRY_POLICY_H_
#define EVENTSOURCE_RETRY_POLICY_H_

#include <cstdint>

namespace eventsource {

// The reconnection time until the stream sets another, in milliseconds: "an implementation-defined
// value, probably in the region of a few seconds".
inline constexpr std::uint32_t kDefaultReconnectionTime = 3000;

// Timers hold no more (2^31 - 1 milliseconds, 24.8 days); a longer time means this.
inline constexpr std::uint32_t kMaxReconnectionTime = 0x7FFFFFFF;

// Backing off ends here (milliseconds), unless the reconnection time itself is longer.
inline constexpr std::uint32_t kBackoffCeiling = 60000;

// Attempts begin at least this far apart (milliseconds), and backing off starts from no less: a
// stream that says `retry: 0` and ends at once cannot storm.
inline constexpr std::uint32_t kMinAttemptInterval = 500;

// Milliseconds from one reading of the clock to another, which may start and wrap anywhere. Zero
// for a clock that was set back; so a time of more than 24.8 days is zero, too, which nobody minds.
std::uint32_t milliseconds_between(std::uint32_t from, std::uint32_t to);

// Milliseconds to wait. `failures`: attempts in a row that ended unproved; `since_attempt`:
// milliseconds since the last one began; `random`: 16 random bits.
std::uint32_t reconnection_delay(std::uint32_t reconnection_time, std::uint32_t failures,
                                 std::uint32_t since_attempt, std::uint32_t random);

}  // namespace eventsource

#endif  // EVENTSOURCE_RETRY_POLICY_H_
