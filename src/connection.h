// The connection of one EventSource as a state machine: what happened goes in, what to do comes
// out. https://html.spec.whatwg.org/multipage/server-sent-events.html#sse-processing-model
//
// It has no clock, no random source and no I/O: times, random numbers and outcomes are arguments.
// The whole table of states, inputs and actions stands in docs/architecture.md.
#ifndef EVENTSOURCE_CONNECTION_H_
#define EVENTSOURCE_CONNECTION_H_

#include <cstdint>

#include "retry_policy.h"

namespace eventsource {

// What the caller has to do. Zero and above is "reestablish the connection": set readyState to
// CONNECTING, fire `error`, then wait that many milliseconds and report elapsed().
using Action = std::int32_t;
inline constexpr Action kNothing = -1;
// Send the request, with the last event ID if there is one.
inline constexpr Action kFetch = -2;
// Send the request without the last event ID: the server answers, and yet refused this one.
inline constexpr Action kFetchWithoutId = -3;
// "Announce the connection": set readyState to OPEN, fire `open`, read the body.
inline constexpr Action kAnnounce = -4;
// "Fail the connection": set readyState to CLOSED, fire `error`. Nothing comes after it.
inline constexpr Action kFail = -5;
// Find out whether the server answers a request that asks for nothing to be readable (no-cors).
inline constexpr Action kProbe = -6;

// A connection has proved itself by an event, or by staying open this long (milliseconds).
inline constexpr std::uint32_t kProvingTime = 5000;

// `now` is a clock in milliseconds that may start and wrap anywhere: only differences count.
// `random` is 16 random bits.
class Connection {
 public:
  // The constructor of EventSource has run. `fetchable`: the URL's scheme is one that can be
  // fetched.
  Action start(bool fetchable, std::uint32_t now);

  // The response's status and Content-Type have arrived.
  Action respond(std::uint32_t status, const std::uint8_t* content_type, const std::uint8_t* end,
                 std::uint32_t now);

  // The body ended, or broke off.
  Action end(std::uint32_t now, std::uint32_t random);

  // There was no response. `may_be_refused`: the request was subject to CORS, so that a refusal
  // looks the same; `sent_id`: it carried the Last-Event-ID header.
  Action fail(bool may_be_refused, bool sent_id, std::uint32_t now, std::uint32_t random);

  // What kProbe found: did the server answer?
  Action probe(bool answered, std::uint32_t now, std::uint32_t random);

  // The time of a reestablish action has passed.
  Action elapse(std::uint32_t now);

  // The stream gave a block that counts.
  void dispatched() { proved_ = true; }

  void set_reconnection_time(std::uint32_t milliseconds) { reconnection_time_ = milliseconds; }
  [[nodiscard]] std::uint32_t reconnection_time() const { return reconnection_time_; }

 private:
  // Finer than readyState: kRequesting, kProbing and kWaiting are all CONNECTING.
  enum class State : std::uint8_t { kNew, kRequesting, kProbing, kWaiting, kOpen, kClosed };

  Action request(std::uint32_t now);
  Action reestablish(std::uint32_t now, std::uint32_t random);

  // Attempts in a row that ended before they had proved themselves.
  std::uint32_t failures_ = 0;
  std::uint32_t attempted_at_ = 0;
  std::uint32_t opened_at_ = 0;
  State state_ = State::kNew;
  bool proved_ = false;
  // A probe was answered, and the requests that settle whether CORS refuses the stream are under
  // way.
  bool settling_ = false;
  std::uint32_t reconnection_time_ = kDefaultReconnectionTime;
};

}  // namespace eventsource

#endif  // EVENTSOURCE_CONNECTION_H_
