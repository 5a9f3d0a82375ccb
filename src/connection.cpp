#include "connection.h"

#include "event_stream_parser.h"
#include "mime_type.h"

namespace eventsource {
namespace {

std::uint32_t at_least(std::uint32_t value, std::uint32_t least) {
  return value < least ? least : value;
}

}  // namespace

static_assert(kBackoffCeiling / 2 <= 0xFFFF);

Action Connection::start(bool fetchable, std::uint32_t now) {
  if (state_ != State::kNew) {
    return kNothing;
  }
  if (!fetchable) {
    state_ = State::kClosed;
    return kFail;
  }
  return request(now);
}

Action Connection::request(std::uint32_t now) {
  state_ = State::kRequesting;
  attempted_at_ = now;
  proved_ = false;
  settling_ = false;
  return kFetch;
}

// "If res's status is not 200, or if res's `Content-Type` is not `text/event-stream`, then fail the
// connection. Otherwise, announce the connection". #the-eventsource-interface
Action Connection::respond(std::uint32_t status, const std::uint8_t* content_type,
                           const std::uint8_t* end, std::uint32_t now) {
  if (state_ != State::kRequesting) {
    return kNothing;
  }
  if (status != 200 || !is_event_stream(content_type, end)) {
    state_ = State::kClosed;
    return kFail;
  }
  state_ = State::kOpen;
  opened_at_ = now;
  return kAnnounce;
}

Action Connection::end(std::uint32_t now, std::uint32_t random) {
  if (state_ != State::kOpen) {
    return kNothing;
  }
  if (now - opened_at_ >= kProvingTime) {
    proved_ = true;
  }
  return reestablish(now, random);
}

Action Connection::fail(bool may_be_refused, bool sent_id, std::uint32_t now,
                        std::uint32_t random) {
  if (state_ != State::kRequesting) {
    return kNothing;
  }
  if (settling_ && sent_id) {
    // That header alone makes a browser ask the server for permission first, and a stream without
    // it is better than none.
    return kFetchWithoutId;
  }
  if (settling_) {
    state_ = State::kClosed;
    return kFail;
  }
  if (may_be_refused) {
    state_ = State::kProbing;
    return kProbe;
  }
  return reestablish(now, random);
}

Action Connection::probe(bool answered, std::uint32_t now, std::uint32_t random) {
  if (state_ != State::kProbing) {
    return kNothing;
  }
  if (!answered) {
    return reestablish(now, random);
  }
  // The server is there: either CORS refuses the stream, or the server came back just now. The same
  // request again settles it.
  request(now);
  settling_ = true;
  return kFetch;
}

Action Connection::elapse(std::uint32_t now) {
  if (state_ != State::kWaiting) {
    return kNothing;
  }
  return request(now);
}

// "Wait a delay equal to the reconnection time of the event source. Optionally, wait some more. In
// particular, if the previous attempt failed, then user agents might introduce an exponential
// backoff delay". #reestablish-the-connection
Action Connection::reestablish(std::uint32_t now, std::uint32_t random) {
  state_ = State::kWaiting;
  failures_ = proved_ ? 0 : failures_ + 1;

  std::uint32_t delay = reconnection_time_;
  if (failures_ > 1) {
    std::uint32_t backoff = at_least(delay, kMinAttemptInterval);
    for (std::uint32_t i = 1; i < failures_ && backoff < kBackoffCeiling; ++i) {
      backoff *= 2;
    }
    if (backoff > kBackoffCeiling) {
      backoff = kBackoffCeiling;
    }
    if (backoff > delay) {
      // Somewhere in the upper half of what was added, so that clients that lost the same server do
      // not come back together. Half the ceiling times 16 bits fits.
      const std::uint32_t half = (backoff - delay) / 2;
      delay += half + (half * random >> 16);
    }
  }
  const std::uint32_t elapsed = now - attempted_at_;
  if (elapsed < kMinAttemptInterval) {
    delay = at_least(delay, kMinAttemptInterval - elapsed);
  }
  return static_cast<Action>(delay);
}

}  // namespace eventsource
