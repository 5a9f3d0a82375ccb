// The connection of one EventSource as a state machine: what happened goes in, what to do comes
// out. https://html.spec.whatwg.org/multipage/server-sent-events.html#sse-processing-model
//
// It has no clock, no random source and no I/O: times, random numbers and outcomes are arguments.
// The whole table of states, inputs and actions stands in docs/architecture.md.
#ifndef EVENTSOURCE_CONNECTION_H_
#define EVENTSOURCE_CONNECTION_H_

#include <cstdint>

#include "retry_policy.h"
#include "time_out.h"

namespace eventsource {

// What the caller has to do. Zero and above is "reestablish the connection": set readyState to
// CONNECTING, fire `error`, then wait that many milliseconds and report elapse().
using Action = std::int32_t;
inline constexpr Action kNothing = -1;
// Send the request, with the last event ID if there is one.
inline constexpr Action kFetch = -2;
// Send the request without the last event ID: the server answers, and yet refused this one.
inline constexpr Action kFetchWithoutId = -3;
// "Announce the connection": set readyState to OPEN, fire `open`, read the body.
inline constexpr Action kAnnounce = -4;
// "Fail the connection": set readyState to CLOSED, fire `error`. Nothing comes after it, unless
// decide() says otherwise.
inline constexpr Action kFail = -5;
// Find out whether the server answers a request that asks for nothing to be readable (no-cors).
inline constexpr Action kProbe = -6;

// What decide() is told; zero and above: wait that many milliseconds.
inline constexpr std::int32_t kGiveUp = -1;
inline constexpr std::int32_t kRetry = -2;

// A connection has proved itself by an event, or by staying open this long (milliseconds).
inline constexpr std::uint32_t kProvingTime = 5000;

// `now` is a clock in milliseconds that may start and wrap anywhere: only differences count. It may
// stand still while the machine sleeps; `wall`, the time of day in milliseconds, does not.
// `random` is 16 random bits. Times that options give are at most kMaxReconnectionTime.
class Connection {
 public:
  [[gnu::always_inline]] Connection() {}  // NOLINT(modernize-use-equals-default)

  // The options of the EventSource that are rules. Zero: there is no such time-out.
  void configure(std::uint32_t connect_timeout, std::uint32_t idle_timeout, bool transient) {
    attempt_.time = connect_timeout;
    idle_.time = idle_timeout;
    transient_ = transient;
  }

  // The constructor of EventSource has run. `fetchable`: the URL's scheme is one that can be
  // fetched.
  Action start(bool fetchable, std::uint32_t now);

  // The response's status and Content-Type have arrived. `retry_after`: the milliseconds that it
  // asks for until the next attempt, or 0.
  Action respond(std::uint32_t status, const std::uint8_t* content_type, const std::uint8_t* end,
                 std::uint32_t now, std::uint32_t random, std::uint32_t retry_after);

  // The body ended, or broke off.
  Action end(std::uint32_t now, std::uint32_t random);

  // There was no response. `may_be_refused`: the request was subject to CORS, so that a refusal
  // looks the same; `sent_id`: it carried the Last-Event-ID header.
  Action fail(bool may_be_refused, bool sent_id, std::uint32_t now, std::uint32_t random);

  // What kProbe found: did the server answer?
  Action probe(bool answered, std::uint32_t now, std::uint32_t random);

  // The caller found that this stream cannot go on: the same again would not do better.
  Action refuse();

  // The time of a reestablish action has passed, or that of deadline().
  Action elapse(std::uint32_t now, std::uint32_t random, std::uint32_t wall);

  // Bytes have come, or are asked for from now on.
  void touch(std::uint32_t wall) { idle_.since = wall; }

  // Milliseconds until a time-out, and so until elapse(); or -1.
  std::int32_t deadline(std::uint32_t now, std::uint32_t wall);

  // What the user says to the latest kFail or wait.
  Action decide(std::int32_t verdict, std::uint32_t now, std::uint32_t random);

  // The caller drops the request, if there is one, and connects again as soon as attempts may
  // follow one another. `forced`: the user asks for it; or else the network is back.
  Action reconnect(bool forced, std::uint32_t now);

  // The stream gave a block that counts.
  void dispatched() { proved_ = true; }

  RetryPolicy& policy() { return policy_; }

 private:
  // Finer than readyState: kRequesting, kProbing and kWaiting are all CONNECTING.
  enum class State : std::uint8_t {
    kNew,
    kRequesting,
    kProbing,
    kOpen,
    // From here on decide() has a say.
    kWaiting,
    kFailed,
    kClosed,
  };

  Action request(std::uint32_t now);
  Action lose(bool final, std::uint32_t now, std::uint32_t random);
  Action wait(std::uint32_t milliseconds, std::uint32_t now);
  void prove(std::uint32_t now);

  RetryPolicy policy_;
  TimeOut attempt_;  // since the latest request was made
  TimeOut idle_;     // by the wall clock
  std::uint32_t opened_at_ = 0;
  std::uint32_t transient_ = 0;  // a bool without a gap behind it
  State state_ = State::kNew;
  bool proved_ = false;
  // A probe was answered, and the requests that settle whether CORS refuses the stream are under
  // way.
  bool settling_ = false;
  // It was a status that the last attempt was lost by.
  bool answered_ = false;
};

}  // namespace eventsource

#endif  // EVENTSOURCE_CONNECTION_H_
