#include "connection.h"

#include "milliseconds.h"
#include "mime_type.h"

namespace eventsource {

Action Connection::start(bool fetchable, std::uint32_t now) {
  if (state_ != State::kNew) {
    return kNothing;
  }
  if (fetchable) {
    return request(now);
  }
  refuse();
  state_ = State::kClosed;  // whatever decide() would say
  return kFail;
}

Action Connection::request(std::uint32_t now) {
  state_ = State::kRequesting;
  attempt_.since = now;
  proved_ = false;
  settling_ = false;
  answered_ = false;
  policy_.set_retry_after(0);
  return kFetch;
}

// "If res's status is not 200, or if res's `Content-Type` is not `text/event-stream`, then fail the
// connection. Otherwise, announce the connection". #the-eventsource-interface
Action Connection::respond(std::uint32_t status, const std::uint8_t* content_type,
                           const std::uint8_t* end, std::uint32_t now, std::uint32_t random,
                           std::uint32_t retry_after) {
  if (state_ != State::kRequesting) {
    return kNothing;
  }
  if (status != 200 || !is_event_stream(content_type, end)) {
    answered_ = true;
    policy_.set_retry_after(retry_after);
    // Ours: a status that will pass is as good as no answer, where the user says so.
    return lose(transient_ == 0 || !is_transient(status), now, random);
  }
  state_ = State::kOpen;
  opened_at_ = now;
  return kAnnounce;
}

void Connection::prove(std::uint32_t now) {
  if (state_ == State::kOpen && milliseconds_between(opened_at_, now) >= kProvingTime) {
    proved_ = true;
  }
}

Action Connection::end(std::uint32_t now, std::uint32_t random) {
  if (state_ != State::kOpen) {
    return kNothing;
  }
  return lose(false, now, random);
}

Action Connection::fail(bool may_be_refused, bool sent_id, std::uint32_t now,
                        std::uint32_t random) {
  if (state_ != State::kRequesting) {
    return kNothing;
  }
  if (may_be_refused) {
    if (!settling_) {
      state_ = State::kProbing;
      return kProbe;
    }
    if (sent_id) {
      // That header alone makes a browser ask the server for permission first, and a stream without
      // it is better than none.
      attempt_.since = now;
      return kFetchWithoutId;
    }
  }
  return lose(may_be_refused, now, random);
}

Action Connection::probe(bool answered, std::uint32_t now, std::uint32_t random) {
  if (state_ != State::kProbing) {
    return kNothing;
  }
  if (!answered) {
    return lose(false, now, random);
  }
  // The server is there: either CORS refuses the stream, or the server came back just now. The same
  // request again settles it.
  request(now);
  settling_ = true;
  return kFetch;
}

Action Connection::refuse() {
  // What it knows of the time is when the stream was opened.
  return state_ >= State::kFailed ? kNothing : lose(true, opened_at_, 0);
}

std::int32_t Connection::deadline(std::uint32_t now, std::uint32_t wall) {
  const bool open = state_ == State::kOpen;
  if (!open && state_ != State::kRequesting) {
    return -1;
  }
  return (open ? idle_ : attempt_).left(open ? wall : now);
}

Action Connection::elapse(std::uint32_t now, std::uint32_t random, std::uint32_t wall) {
  if (state_ == State::kWaiting) {
    return request(now);
  }
  if (deadline(now, wall) != 0) {
    return kNothing;
  }
  return lose(false, now, random);
}

Action Connection::decide(std::int32_t verdict, std::uint32_t now, std::uint32_t random) {
  if (state_ < State::kWaiting) {
    return kNothing;
  }
  if (state_ == State::kClosed || verdict == kGiveUp || policy_.exhausted()) {
    state_ = State::kClosed;
    return kFail;
  }
  return wait(verdict < 0 ? policy_.delay(random) : static_cast<std::uint32_t>(verdict), now);
}

Action Connection::reconnect(bool forced, std::uint32_t now) {
  // A network that is back changes nothing for a request that is under way, nor for what a server
  // has asked for.
  if (state_ == State::kNew || state_ == State::kClosed ||
      (!forced && (state_ != State::kWaiting || answered_))) {
    return kNothing;
  }
  prove(now);
  if (proved_) {
    policy_.forget_losses();
  }
  return wait(0, now);
}

// "Reestablish the connection" (#reestablish-the-connection), or fail it: where the loss is final,
// or (ours) there were as many retries as there may be.
Action Connection::lose(bool final, std::uint32_t now, std::uint32_t random) {
  prove(now);
  policy_.lose(proved_);
  state_ = State::kFailed;
  return final ? kFail : decide(kRetry, now, random);
}

Action Connection::wait(std::uint32_t milliseconds, std::uint32_t now) {
  state_ = State::kWaiting;
  return static_cast<Action>(keep_apart(milliseconds, milliseconds_between(attempt_.since, now)));
}

}  // namespace eventsource
