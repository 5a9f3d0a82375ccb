// Gives arbitrary inputs to a connection machine with arbitrary options: actions are defined ones,
// waits keep to what the options say, attempts stay apart, and what is closed stays closed.
#include "connection.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace eventsource;

namespace {

void require(bool condition) {
  if (!condition) {
    std::abort();
  }
}

class Bytes {
 public:
  Bytes(const std::uint8_t* begin, std::size_t size) : at_(begin), end_(begin + size) {}

  [[nodiscard]] bool empty() const { return at_ == end_; }
  std::uint32_t byte() { return empty() ? 0 : *at_++; }
  std::uint32_t half() {
    const std::uint32_t high = byte();
    return high << 8 | byte();
  }
  // Of every magnitude: a mantissa of eight bits.
  std::uint32_t number() {
    const std::uint32_t mantissa = byte();
    return mantissa << (byte() % 24);
  }

 private:
  const std::uint8_t* at_;
  const std::uint8_t* end_;
};

class Run {
 public:
  explicit Run(Bytes bytes) : bytes_(bytes) {
    reconnection_time_ = bytes_.number();
    longest_ = bytes_.byte() % 2 == 0 ? 0 : bytes_.number();
    max_retries_ = bytes_.byte() % 2 == 0 ? kUnlimited : bytes_.byte() % 8;
    connect_timeout_ = bytes_.byte() % 2 == 0 ? 0 : bytes_.number();
    idle_timeout_ = bytes_.byte() % 2 == 0 ? 0 : bytes_.number();
    clock_ = bytes_.number() * 257;
    policy().set_reconnection_time(reconnection_time_);
    policy().limit(longest_, max_retries_);
    connection_.configure(connect_timeout_, idle_timeout_, bytes_.byte() % 2 != 0);
  }

  void run() {
    while (!bytes_.empty()) {
      step();
    }
  }

 private:
  RetryPolicy& policy() { return connection_.policy(); }

  // Time passes; at times the clock is set back, and the wall clock to anything.
  void pass(std::uint32_t milliseconds) {
    time_ += milliseconds;
    clock_ += milliseconds;
    wall_ += milliseconds;
  }

  void step() {
    const std::uint32_t input = bytes_.byte() % 16;
    const std::uint32_t random = bytes_.half();
    switch (input) {
      case 0:
        return take_start(random % 8 != 0);
      case 1:
        return take_response(random);
      case 2:
        return take(connection_.end(clock_, random));
      case 3:
        return take(connection_.fail(random % 2 != 0, random % 4 > 1, clock_, random));
      case 4:
        return take(connection_.probe(random % 2 != 0, clock_, random));
      case 5:
        return take(connection_.refuse());
      case 6:
      case 7:
        return take_elapse(random);
      case 8:
        return take_decision(random);
      case 9:
        return take_reconnection(random % 2 != 0);
      case 10:
        connection_.dispatched();
        return;
      case 11:
        reconnection_time_ = bytes_.number();
        policy().set_reconnection_time(reconnection_time_);
        return;
      case 12:
        connection_.touch(wall_);
        return;
      case 13:
        clock_ -= random;
        return;
      case 14:
        wall_ = bytes_.number() * 257;
        return;
      default:
        pass(bytes_.number());
    }
  }

  void take_start(bool fetchable) {
    const Action action = connection_.start(fetchable, clock_);
    take(action);
    // That is final.
    closed_ = closed_ || action == kFail;
  }

  void take_response(std::uint32_t random) {
    constexpr std::uint32_t kStatuses[] = {200, 204, 404, 429, 500, 501, 503, 504};
    const std::uint32_t status = kStatuses[random % 8];
    const std::string_view type = random % 16 < 8 ? "text/event-stream" : "text/html";
    const auto* const begin = reinterpret_cast<const std::uint8_t*>(type.data());
    const std::uint32_t retry_after = random % 32 < 16 ? 0 : bytes_.number();
    const Action action =
        connection_.respond(status, begin, begin + type.size(), clock_, random, retry_after);
    if (action != kNothing) {
      retry_after_ = action == kAnnounce ? 0 : retry_after;
    }
    require(action != kAnnounce || status == 200);
    take(action);
  }

  void take_elapse(std::uint32_t random) {
    if (waiting_) {
      // No timer comes too early.
      pass(static_cast<std::uint32_t>(std::max<std::int64_t>(due_ - time_, 0)));
      const Action action = connection_.elapse(clock_, random, wall_);
      require(action == kFetch);
      require(time_ - fetched_ >= kMinAttemptInterval);
      return take(action);
    }
    const std::int32_t left = connection_.deadline(clock_, wall_);
    require(left >= -1);
    require(left <= static_cast<std::int32_t>(std::max(connect_timeout_, idle_timeout_)));
    const Action action = connection_.elapse(clock_, random, wall_);
    require((action == kNothing) == (left != 0));
    take(action);
  }

  void take_decision(std::uint32_t random) {
    // A number of milliseconds, or what has a meaning of its own, and what has none.
    const std::int32_t verdict = random % 2 == 0 ? static_cast<std::int32_t>(bytes_.number())
                                                 : -1 - static_cast<std::int32_t>(random / 2 % 3);
    const bool may_retry = failed_ || waiting_;
    const Action action = connection_.decide(verdict, clock_, random);
    if (closed_) {
      require(action == kFail);
      return;
    }
    require(may_retry == (action != kNothing));
    if (action == kFail) {
      require(verdict == kGiveUp || policy().losses() > max_retries_);
      closed_ = true;
      waiting_ = false;
      return;
    }
    failed_ = false;
    if (action < 0) {
      return;
    }
    require(verdict < 0 || action >= verdict);
    require(verdict < 0 || action <= std::max<Action>(verdict, kMinAttemptInterval));
    wait(action);
  }

  void take_reconnection(bool forced) {
    const bool was_waiting = waiting_;
    const Action action = connection_.reconnect(forced, clock_);
    // What has failed may be tried again as long as the user has not said what is to come of it.
    if (closed_ || (!forced && !was_waiting)) {
      require(action == kNothing);
    }
    require(action >= kNothing && action <= static_cast<Action>(kMinAttemptInterval));
    if (action >= 0) {
      failed_ = false;
      wait(action);
    }
  }

  void wait(Action action) {
    waiting_ = true;
    due_ = time_ + action;
  }

  // Any action but decide()'s and reconnect()'s.
  void take(Action action) {
    require(action >= kProbe);
    if (closed_ || failed_) {
      require(action == kNothing);
      return;
    }
    if (action == kNothing) {
      return;
    }
    waiting_ = false;
    if (action == kFail) {
      failed_ = true;
    } else if (action == kFetch || action == kFetchWithoutId) {
      fetched_ = time_;
      retry_after_ = 0;
    } else if (action >= 0) {
      require(policy().losses() <= max_retries_);
      check(static_cast<std::uint32_t>(action));
      wait(action);
    }
  }

  // A wait by the policy.
  void check(std::uint32_t delay) const {
    if (longest_ != 0) {
      require(delay <= std::max(longest_, kMinAttemptInterval));
      return;
    }
    const std::uint32_t base = std::max(reconnection_time_, std::min(retry_after_, kMaxRetryAfter));
    require(delay >= base);
    require(delay <= std::max(kBackoffCeiling, base) + base / 10);
  }

  Bytes bytes_;
  Connection connection_;
  std::uint32_t reconnection_time_;
  std::uint32_t longest_;
  std::uint32_t max_retries_;
  std::uint32_t connect_timeout_;
  std::uint32_t idle_timeout_;
  std::uint32_t retry_after_ = 0;
  std::uint32_t clock_;
  std::uint32_t wall_ = 0;
  std::int64_t time_ = 0;                                      // that has really passed
  std::int64_t fetched_ = -std::int64_t{kMinAttemptInterval};  // not yet
  std::int64_t due_ = 0;
  bool waiting_ = false;
  bool failed_ = false;
  bool closed_ = false;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Run(Bytes(data, size)).run();
  return 0;
}
