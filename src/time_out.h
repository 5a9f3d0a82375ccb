// A time that may pass without what is waited for. Both time-outs are options of ours: the standard
// waits for ever.
#ifndef EVENTSOURCE_TIME_OUT_H_
#define EVENTSOURCE_TIME_OUT_H_

#include <cstdint>

#include "milliseconds.h"

namespace eventsource {

struct TimeOut {
  [[gnu::always_inline]] TimeOut() {}  // NOLINT(modernize-use-equals-default)

  std::uint32_t time = 0;  // in milliseconds; 0: there is none
  std::uint32_t since = 0;

  // Milliseconds until it has passed, or -1. Where the clock was set back it begins anew, so that
  // it never takes longer than once more.
  std::int32_t left(std::uint32_t now) {
    if (time == 0) {
      return -1;
    }
    const std::uint32_t passed = milliseconds_between(since, now);
    since = now - passed;
    return static_cast<std::int32_t>(time - at_most(passed, time));
  }
};

}  // namespace eventsource

#endif  // EVENTSOURCE_TIME_OUT_H_
