#include "retry_policy.h"

#include "milliseconds.h"

namespace eventsource {
namespace {

// A random part of a time: the product of both without its lower 16 bits, in two steps that fit.
std::uint32_t part_of(std::uint32_t time, std::uint32_t random) {
  return (time >> 16) * random + ((time & 0xFFFF) * random >> 16);
}

}  // namespace

bool is_transient(std::uint32_t status) {
  // 408 Request Timeout, 425 Too Early, 429 Too Many Requests: one bit each.
  constexpr std::uint32_t kClientErrors = 1U | 1U << 17 | 1U << 21;
  // 500 Internal Server Error, 502 Bad Gateway, 503 Service Unavailable, 504 Gateway Timeout.
  constexpr std::uint32_t kServerErrors = 0x1D;
  const bool server = status >= 500;
  const std::uint32_t number = status - (server ? 500 : 408);
  return number < 32 && ((server ? kServerErrors : kClientErrors) >> number & 1) != 0;
}

std::uint32_t keep_apart(std::uint32_t wait, std::uint32_t since_attempt) {
  const std::uint32_t least = kMinAttemptInterval - at_most(since_attempt, kMinAttemptInterval);
  return at_most(at_least(wait, least), kMaxReconnectionTime);
}

void RetryPolicy::lose(bool proved) {
  if (proved) {
    losses_ = 0;
    proved_losses_ = 1;
  }
  ++losses_;
}

// "Wait a delay equal to the reconnection time of the event source. Optionally, wait some more. In
// particular, if the previous attempt failed, then user agents might introduce an exponential
// backoff delay". #reestablish-the-connection
std::uint32_t RetryPolicy::delay(std::uint32_t random) const {
  const bool limited = longest_ != kUnlimited;
  const std::uint32_t ceiling = limited ? longest_ : kBackoffCeiling;
  // Limited so that a tenth more fits.
  const std::uint32_t base = at_most(
      at_least(reconnection_time_, at_most(retry_after_, limited ? longest_ : kMaxRetryAfter)),
      longest_ - longest_ / 11);
  // The first reconnection after a connection that had proved itself has failed. Backing off has
  // not begun, and yet all clients that lost this server have come to this point together.
  const bool regathers = losses_ == 2 * proved_losses_ && retry_after_ <= reconnection_time_;
  std::uint32_t backoff = base;
  for (std::uint32_t i = regathers ? 0 : proved_losses_; i + 1 < losses_ && backoff < ceiling;
       ++i) {
    backoff = at_least(backoff, kMinAttemptInterval) * 2;
  }
  // They do not come back together: somewhere in the upper half of what backing off adds (in all of
  // it where they regather), and in a tenth where that is more.
  std::uint32_t spread = at_least(at_most(backoff, ceiling), base) - base;
  std::uint32_t least = base;
  if (!regathers) {
    spread /= 2;
    least += spread;
  }
  spread = at_least(spread, base / 10);
  return at_most(least, longest_ - spread) + part_of(spread, random);
}

}  // namespace eventsource
