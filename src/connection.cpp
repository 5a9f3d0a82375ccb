#include "connection.h"

#include "mime_type.h"

namespace eventsource {

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
  proved_ |= milliseconds_between(opened_at_, now) >= kProvingTime;
  return reestablish(now, random);
}

Action Connection::fail(bool may_be_refused, bool sent_id, std::uint32_t now,
                        std::uint32_t random) {
  if (state_ != State::kRequesting) {
    return kNothing;
  }
  if (settling_) {
    if (sent_id) {
      // That header alone makes a browser ask the server for permission first, and a stream without
      // it is better than none.
      return kFetchWithoutId;
    }
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

Action Connection::reestablish(std::uint32_t now, std::uint32_t random) {
  state_ = State::kWaiting;
  failures_ = proved_ ? 0 : failures_ + 1;
  return static_cast<Action>(reconnection_delay(reconnection_time_, failures_,
                                                milliseconds_between(attempted_at_, now), random));
}

}  // namespace eventsource
