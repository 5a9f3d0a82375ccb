// How many reconnections there are in a row, and how long each waits:
// docs/decisions/0007-reconnection-delays.md, 0046-max-retries.md, 0047-retry-after.md
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

// The longest Retry-After that is waited for (milliseconds).
inline constexpr std::uint32_t kMaxRetryAfter = 3600000;

// Attempts begin at least this far apart (milliseconds), and backing off starts from no less: a
// stream that says `retry: 0` and ends at once cannot storm.
inline constexpr std::uint32_t kMinAttemptInterval = 500;

inline constexpr std::uint32_t kUnlimited = 0xFFFFFFFF;

// Statuses that say "not now" rather than "no". The list is ours: it is what `retry: 'transient'`
// means.
bool is_transient(std::uint32_t status);

// The wait, or as much more as keeps attempts apart; and no more than timers hold.
std::uint32_t keep_apart(std::uint32_t wait, std::uint32_t since_attempt);

class RetryPolicy {
 public:
  [[gnu::always_inline]] RetryPolicy() {}  // NOLINT(modernize-use-equals-default)

  // `max_reconnection_time`: of every wait, in milliseconds, at most kMaxReconnectionTime; 0: as if
  // none were given. `max_retries`: in a row.
  void limit(std::uint32_t max_reconnection_time, std::uint32_t max_retries) {
    longest_ = max_reconnection_time != 0 ? max_reconnection_time : kUnlimited;
    max_retries_ = max_retries;
  }

  void set_reconnection_time(std::uint32_t milliseconds) { reconnection_time_ = milliseconds; }
  [[nodiscard]] std::uint32_t reconnection_time() const { return reconnection_time_; }

  // The server asks for so many milliseconds until the next attempt.
  void set_retry_after(std::uint32_t milliseconds) { retry_after_ = milliseconds; }

  // A connection, or an attempt at one, was lost. `proved`: it had proved itself.
  void lose(bool proved);
  // The losses so far do not count.
  void forget_losses() { losses_ = 0; }
  // Losses in a row; the first is that of a connection that had proved itself, or of the very first
  // attempt.
  [[nodiscard]] std::uint32_t losses() const { return losses_; }
  // There were as many reconnections in a row as there may be.
  [[nodiscard]] bool exhausted() const { return losses_ > max_retries_; }

  // Milliseconds to wait after the latest loss. `random`: 16 random bits.
  [[nodiscard]] std::uint32_t delay(std::uint32_t random) const;

 private:
  std::uint32_t reconnection_time_ = kDefaultReconnectionTime;
  std::uint32_t longest_ = kUnlimited;
  std::uint32_t max_retries_ = kUnlimited;
  // What begins as zero stands without a gap, here and in Connection, so that one call fills it.
  std::uint32_t retry_after_ = 0;
  std::uint32_t losses_ = 0;
  // 1 where the first of the losses was that of a connection that had proved itself.
  std::uint32_t proved_losses_ = 0;
};

}  // namespace eventsource

#endif  // EVENTSOURCE_RETRY_POLICY_H_
