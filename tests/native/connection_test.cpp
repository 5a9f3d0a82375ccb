// The connection machine, state by state: design rules 5, 7, 10 and 12. Every input in every state:
// connection_states_test.cpp.
// https://html.spec.whatwg.org/multipage/server-sent-events.html#sse-processing-model
#include "connection.h"

#include <gtest/gtest.h>

#include <vector>

#include "connection_inputs.h"
#include "retry_policy.h"

namespace eventsource {
namespace {

// --- Announce and fail
// -------------------------------------------------------------------------------

TEST(Connection, FetchesAndAnnounces) {
  Connection connection;
  EXPECT_EQ(connection.start(true, 0), kFetch);
  EXPECT_EQ(respond(connection), kAnnounce);
}

TEST(Connection, FailsAtOnceWhereTheSchemeCannotBeFetched) {
  Connection connection;
  EXPECT_EQ(connection.start(false, 0), kFail);
  EXPECT_EQ(respond(connection), kNothing);
}

TEST(Connection, FailsOnEveryStatusBut200) {
  for (const std::uint32_t status :
       {0, 100, 199, 201, 204, 205, 206, 304, 307, 400, 404, 500, 503}) {
    Connection connection;
    connection.start(true, 0);
    EXPECT_EQ(respond(connection, status), kFail) << status;
    EXPECT_EQ(elapse(connection, 0), kNothing);
  }
}

TEST(Connection, FailsOnAnotherContentType) {
  Connection connection;
  connection.start(true, 0);
  EXPECT_EQ(respond(connection, 200, "text/plain"), kFail);
}

TEST(Connection, FailsWhenAReconnectionIsAnsweredWithAnotherStatus) {
  Connection connection;
  connection.start(true, 0);
  respond(connection);
  EXPECT_EQ(connection.end(10000, 0), 3000);
  EXPECT_EQ(elapse(connection, 13000), kFetch);
  EXPECT_EQ(respond(connection, 204), kFail);
}

// --- Reestablish: the reconnection time, backing off, and storms
// -------------------------------------

TEST(Connection, WaitsTheReconnectionTimeAndUpToATenthMoreAfterAConnectionThatProvedItself) {
  Connection connection;
  connection.start(true, 0);
  for (std::uint32_t now = 0; now < 100000; now += 10000) {
    respond(connection, 200, "text/event-stream", now);
    connection.dispatched();
    connection.policy().set_reconnection_time(1234);
    EXPECT_EQ(connection.end(now + 600, now == 0 ? 0 : kMaxRandom), now == 0 ? 1234 : 1356);
    elapse(connection, now + 5000);
  }
}

TEST(Connection, TakesStayingOpenAsProof) {
  Connection connection;
  connection.start(true, 0);
  for (int i = 0; i < 10; ++i) {
    respond(connection, 200, "text/event-stream", 0);
    EXPECT_EQ(connection.end(kProvingTime, 0), 3000);
    elapse(connection, 0);
  }
}

TEST(Connection, BacksOffAfterConsecutiveFailuresUpToTheCeiling) {
  Connection connection;
  connection.start(true, 0);
  std::vector<Action> delays;
  for (int i = 0; i < 8; ++i) {
    delays.push_back(connection.fail(false, false, 10000, kMaxRandom));
    elapse(connection, 10000);
  }
  EXPECT_EQ(delays, (std::vector<Action>{3299, 5999, 11999, 23999, 47999, 59999, 59999, 59999}));
}

TEST(Connection, SpreadsTheDelayOverTheUpperHalfOfWhatBackingOffAdds) {
  for (const std::uint32_t random : {0U, 0x8000U, kMaxRandom}) {
    Connection connection;
    connection.start(true, 0);
    connection.fail(false, false, 10000, random);
    elapse(connection, 10000);
    const Action delay = connection.fail(false, false, 20000, random);
    EXPECT_GE(delay, 4500);
    EXPECT_LE(delay, 6000);
    EXPECT_EQ(delay, static_cast<Action>(4500 + (1500 * random >> 16)));
  }
}

TEST(Connection, TakesAResponseThatEndsWithoutAnEventAsAFailure) {
  Connection connection;
  connection.start(true, 0);
  respond(connection);
  EXPECT_EQ(connection.end(1000, 0), 3000);
  elapse(connection, 4000);
  respond(connection, 200, "text/event-stream", 4000);
  EXPECT_EQ(connection.end(4001, 0), 4500);
}

TEST(Connection, ForgetsFailuresOnlyAfterProof) {
  Connection connection;
  connection.start(true, 0);
  for (int i = 0; i < 5; ++i) {
    connection.fail(false, false, 10000, 0);
    elapse(connection, 10000);
  }
  respond(connection, 200, "text/event-stream", 10000);
  EXPECT_GT(connection.end(10001, 0), 30000);  // opened, but not proved
  elapse(connection, 90000);
  respond(connection, 200, "text/event-stream", 90000);
  connection.dispatched();
  EXPECT_EQ(connection.end(91000, 0), 3000);
  elapse(connection, 94000);
  EXPECT_EQ(connection.fail(false, false, 95000, 0), 3000);  // the first failure again
}

TEST(Connection, CannotStormWithARetryOfZero) {
  Connection connection;
  connection.policy().set_reconnection_time(0);
  connection.start(true, 0);
  // An event each time, and then the end: attempts stay half a second apart.
  std::uint32_t now = 0;
  for (int i = 0; i < 10; ++i) {
    respond(connection, 200, "text/event-stream", now + 5);
    connection.dispatched();
    const Action delay = connection.end(now + 10, 0);
    EXPECT_EQ(delay, 490);
    now += 500;
    elapse(connection, now);
  }
  // Nothing but ends: the delay grows.
  Action previous = 0;
  for (int i = 0; i < 5; ++i) {
    respond(connection, 200, "text/event-stream", now);
    const Action delay = connection.end(now, 0);
    EXPECT_GE(delay, previous);
    previous = delay;
    elapse(connection, now);
  }
  EXPECT_GE(previous, 4000);
}

TEST(Connection, ReconnectsAtOnceWithARetryOfZeroAfterALongConnection) {
  Connection connection;
  connection.policy().set_reconnection_time(0);
  connection.start(true, 0);
  respond(connection);
  connection.dispatched();
  EXPECT_EQ(connection.end(60000, 0), 0);
}

TEST(Connection, NeverWaitsLessThanTheReconnectionTimeNorLongerThanTimersHold) {
  for (const std::uint32_t retry : {100000U, kMaxReconnectionTime}) {
    Connection connection;
    connection.policy().set_reconnection_time(retry);
    connection.start(true, 0);
    for (int i = 0; i < 40; ++i) {
      EXPECT_EQ(connection.fail(false, false, 10000, 0), static_cast<Action>(retry));
      elapse(connection, 10000);
      EXPECT_EQ(connection.fail(false, false, 10000, kMaxRandom),
                retry == 100000 ? 109999 : static_cast<Action>(kMaxReconnectionTime));
      elapse(connection, 10000);
    }
  }
}

TEST(Connection, StandsAClockThatWrapsOrIsSetBack) {
  Connection wrapping;
  wrapping.start(true, 0xFFFFFF00);
  respond(wrapping, 200, "text/event-stream", 0xFFFFFFF0);
  EXPECT_EQ(wrapping.end(kProvingTime, 0), 3000);
  elapse(wrapping, 0);
  EXPECT_EQ(wrapping.fail(false, false, 0, 0), 3000);  // the first failure: the other was none

  // Each attempt begins later than the last one by a clock that runs backwards.
  Connection set_back;
  set_back.policy().set_reconnection_time(0);
  set_back.start(true, 100000);
  for (std::uint32_t now = 100000; now > 10000; now -= 1000) {
    respond(set_back, 200, "text/event-stream", now);
    set_back.dispatched();
    EXPECT_EQ(set_back.end(now - 500, 0), 500);
    elapse(set_back, now - 1000);
  }

  // Nor has a connection proved itself by it.
  Connection unproved;
  unproved.start(true, 100000);
  unproved.fail(false, false, 100000, 0);
  elapse(unproved, 100000);
  respond(unproved, 200, "text/event-stream", 100000);
  EXPECT_EQ(unproved.end(100000 - kProvingTime, 0), 4500);
}

// --- CORS: design rule 10
// ----------------------------------------------------------------------------

TEST(Connection, ReestablishesWhereTheProbeIsNotAnswered) {
  Connection connection;
  connection.start(true, 0);
  EXPECT_EQ(connection.fail(true, false, 10000, 0), kProbe);
  EXPECT_EQ(connection.probe(false, 10000, 0), 3000);
  EXPECT_EQ(elapse(connection, 13000), kFetch);
}

TEST(Connection, FailsWhereTheServerAnswersTheProbeAndRefusesTheStreamAgain) {
  Connection connection;
  connection.start(true, 0);
  connection.fail(true, false, 10000, 0);
  EXPECT_EQ(connection.probe(true, 10000, 0), kFetch);
  EXPECT_EQ(connection.fail(true, false, 10000, 0), kFail);
}

TEST(Connection, TriesWithoutTheIdBeforeItFails) {
  Connection connection;
  connection.start(true, 0);
  connection.fail(true, true, 10000, 0);
  EXPECT_EQ(connection.probe(true, 10000, 0), kFetch);
  EXPECT_EQ(connection.fail(true, true, 10000, 0), kFetchWithoutId);
  EXPECT_EQ(connection.fail(true, false, 10000, 0), kFail);
}

// A connection that broke off once is no refusal: what the server has to resume from stays.
TEST(Connection, KeepsTheIdWhereTheSameRequestSucceedsAfterTheProbe) {
  Connection connection;
  connection.start(true, 0);
  connection.fail(true, true, 10000, 0);
  EXPECT_EQ(connection.probe(true, 10000, 0), kFetch);
  EXPECT_EQ(respond(connection), kAnnounce);
}

TEST(Connection, StaysAliveWhereTheServerCameBackBetweenRequestAndProbe) {
  Connection connection;
  connection.start(true, 0);
  connection.fail(true, false, 10000, 0);
  connection.probe(true, 10000, 0);
  EXPECT_EQ(respond(connection), kAnnounce);
  connection.dispatched();
  connection.end(20000, 0);
  elapse(connection, 23000);
  // A later failure is probed anew.
  EXPECT_EQ(connection.fail(true, false, 24000, 0), kProbe);
}

}  // namespace
}  // namespace eventsource
