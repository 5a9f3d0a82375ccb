// Short names for what the tests of the connection machine do all the time.
#ifndef EVENTSOURCE_TESTS_CONNECTION_INPUTS_H_
#define EVENTSOURCE_TESTS_CONNECTION_INPUTS_H_

#include <cstdint>
#include <string_view>

#include "connection.h"

namespace eventsource {

inline constexpr std::uint32_t kMaxRandom = 0xFFFF;

inline Action respond(Connection& connection, std::uint32_t status = 200,
                      std::string_view content_type = "text/event-stream", std::uint32_t now = 0,
                      std::uint32_t random = 0, std::uint32_t retry_after = 0) {
  const auto* const begin = reinterpret_cast<const std::uint8_t*>(content_type.data());
  return connection.respond(status, begin, begin + content_type.size(), now, random, retry_after);
}

// A status other than 200, at a given time.
inline Action refuse(Connection& connection, std::uint32_t status, std::uint32_t now,
                     std::uint32_t random = 0, std::uint32_t retry_after = 0) {
  return respond(connection, status, "", now, random, retry_after);
}

inline Action elapse(Connection& connection, std::uint32_t now, std::uint32_t random = 0,
                     std::uint32_t wall = 0) {
  return connection.elapse(now, random, wall);
}

// Options that a test does not name are not given.
struct Options {
  std::uint32_t reconnection_time = kDefaultReconnectionTime;
  std::uint32_t max_reconnection_time = 0;
  std::uint32_t max_retries = kUnlimited;
  std::uint32_t connect_timeout = 0;
  std::uint32_t idle_timeout = 0;
  bool transient = false;
};

inline void configure(Connection& connection, const Options& options) {
  connection.policy().set_reconnection_time(options.reconnection_time);
  connection.policy().limit(options.max_reconnection_time, options.max_retries);
  connection.configure(options.connect_timeout, options.idle_timeout, options.transient);
}

}  // namespace eventsource

#endif  // EVENTSOURCE_TESTS_CONNECTION_INPUTS_H_
