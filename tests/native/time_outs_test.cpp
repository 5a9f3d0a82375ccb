// connectTimeout and idleTimeout, by clocks of every kind.
#include <gtest/gtest.h>

#include "connection.h"
#include "connection_inputs.h"
#include "time_out.h"

namespace eventsource {
namespace {

constexpr std::uint32_t kHour = 3600000;

Connection& requesting(Connection& connection, std::uint32_t now) {
  configure(connection, {.connect_timeout = 10000});
  connection.start(true, now);
  return connection;
}

// `now` stands still in it: the idle time goes by the wall clock.
Connection& open(Connection& connection, std::uint32_t wall) {
  configure(connection, {.idle_timeout = 10000});
  connection.start(true, 0);
  respond(connection);
  connection.touch(wall);
  return connection;
}

TEST(TimeOuts, NoneWithoutTheOptions) {
  Connection connection;
  connection.start(true, 0);
  EXPECT_EQ(connection.deadline(kHour, kHour), -1);
  EXPECT_EQ(elapse(connection, kHour, 0, kHour), kNothing);
  respond(connection);
  EXPECT_EQ(connection.deadline(kHour, kHour), -1);
  EXPECT_EQ(elapse(connection, kHour, 0, kHour), kNothing);
}

TEST(TimeOuts, ARequestThatIsNotAnsweredIsAFailure) {
  Connection connection;
  requesting(connection, 5000);
  EXPECT_EQ(connection.deadline(5000, 0), 10000);
  EXPECT_EQ(connection.deadline(14999, 0), 1);
  EXPECT_EQ(elapse(connection, 14999), kNothing);
  EXPECT_EQ(connection.deadline(15000, 0), 0);
  EXPECT_EQ(elapse(connection, 15000), 3000);
  EXPECT_EQ(connection.policy().losses(), 1U);
  EXPECT_EQ(connection.deadline(15000, 0), -1);
  EXPECT_EQ(elapse(connection, 18000), kFetch);
  EXPECT_EQ(connection.deadline(18000, 0), 10000);
  EXPECT_EQ(elapse(connection, 28000, kMaxRandom), 5999);
}

TEST(TimeOuts, TheHeadersEndTheTimeForThem) {
  Connection connection;
  requesting(connection, 0);
  respond(connection, 200, "text/event-stream", 9999);
  EXPECT_EQ(connection.deadline(kHour, kHour), -1);
  EXPECT_EQ(elapse(connection, kHour), kNothing);
}

// Each request that settles whether CORS refuses has the whole time.
TEST(TimeOuts, EachRequestHasItsOwnTime) {
  Connection connection;
  requesting(connection, 0);
  connection.fail(true, true, 9000, 0);
  EXPECT_EQ(connection.deadline(30000, 0), -1);  // a probe has a time of its own
  EXPECT_EQ(elapse(connection, 30000), kNothing);
  EXPECT_EQ(connection.probe(true, 12000, 0), kFetch);
  EXPECT_EQ(connection.deadline(13000, 0), 9000);
  EXPECT_EQ(connection.fail(true, true, 20000, 0), kFetchWithoutId);
  EXPECT_EQ(connection.deadline(20000, 0), 10000);
  EXPECT_EQ(elapse(connection, 30000), 3000);
}

TEST(TimeOuts, AnIdleStreamIsLostAsIfItHadEnded) {
  Connection connection;
  open(connection, 1000);
  EXPECT_EQ(connection.deadline(0, 1000), 10000);
  EXPECT_EQ(connection.deadline(0, 10999), 1);
  EXPECT_EQ(elapse(connection, 0, 0, 10999), kNothing);
  connection.touch(10999);
  EXPECT_EQ(connection.deadline(0, 11000), 9999);
  EXPECT_EQ(elapse(connection, 20999, 0, 20999), 3000);
  // 20 s open are proof.
  elapse(connection, 30000);
  EXPECT_EQ(connection.fail(false, false, 40000, kMaxRandom), 5999);
  EXPECT_EQ(connection.policy().losses(), 2U);
}

TEST(TimeOuts, AShortIdleTimeProvesNothing) {
  Connection connection;
  configure(connection, {.idle_timeout = 1000});
  connection.start(true, 0);
  for (const Action expected : {3000, 4500, 7500}) {
    respond(connection);
    connection.touch(0);
    EXPECT_EQ(elapse(connection, 1000, 0, 1000), expected);
    elapse(connection, 0);
  }
}

// --- Clocks ------------------------------------------------------------------------------------

TEST(TimeOuts, ASleepOfTheMachineCountsAtOnce) {
  Connection idle;
  open(idle, 1000);
  EXPECT_EQ(idle.deadline(0, 1000 + kHour), 0);
  EXPECT_EQ(elapse(idle, 0, 0, 1000 + kHour), 3000);  // `now` has stood still
  Connection connecting;
  requesting(connecting, 1000);
  EXPECT_EQ(connecting.deadline(1000 + kHour, 0), 0);
  EXPECT_EQ(elapse(connecting, 1000 + kHour), 3000);
}

TEST(TimeOuts, AClockThatStandsStillPassesNoTime) {
  Connection idle;
  open(idle, 1000);
  Connection connecting;
  requesting(connecting, 1000);
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(idle.deadline(1000, 1000), 10000);
    EXPECT_EQ(elapse(idle, 1000, 0, 1000), kNothing);
    EXPECT_EQ(connecting.deadline(1000, 1000), 10000);
    EXPECT_EQ(elapse(connecting, 1000, 0, 1000), kNothing);
  }
}

TEST(TimeOuts, AClockThatWasSetBackBeginsAnew) {
  Connection idle;
  open(idle, kHour);
  EXPECT_EQ(idle.deadline(0, 9000), 10000);
  EXPECT_EQ(idle.deadline(0, 10000), 9000);
  EXPECT_EQ(elapse(idle, 0, 0, 18999), kNothing);
  EXPECT_EQ(elapse(idle, 0, 0, 19000), 3000);
  Connection connecting;
  requesting(connecting, kHour);
  EXPECT_EQ(elapse(connecting, 9000), kNothing);
  EXPECT_EQ(connecting.deadline(18999, 0), 1);
  EXPECT_EQ(elapse(connecting, 19000), 3000);
}

TEST(TimeOuts, AClockThatRunsBackwardsNeverPassesATime) {
  Connection idle;
  open(idle, kHour);
  Connection connecting;
  requesting(connecting, kHour);
  for (std::uint32_t time = kHour; time > 1000; time -= 1000) {
    EXPECT_EQ(idle.deadline(0, time), 10000);
    EXPECT_EQ(elapse(idle, 0, 0, time), kNothing);
    EXPECT_EQ(connecting.deadline(time, 0), 10000);
    EXPECT_EQ(elapse(connecting, time), kNothing);
  }
}

TEST(TimeOuts, AClockMayWrap) {
  constexpr std::uint32_t kEarly = 0xFFFFFF00;
  Connection idle;
  open(idle, kEarly);
  EXPECT_EQ(idle.deadline(0, kEarly + 9999), 1);
  EXPECT_EQ(elapse(idle, 0, 0, kEarly + 10000), 3000);
  Connection connecting;
  requesting(connecting, kEarly);
  EXPECT_EQ(connecting.deadline(kEarly + 9999, 0), 1);
  EXPECT_EQ(elapse(connecting, kEarly + 10000), 3000);
}

TEST(TimeOuts, TheLongestOnesHold) {
  TimeOut longest;
  longest.time = kMaxReconnectionTime;
  EXPECT_EQ(longest.left(0), static_cast<std::int32_t>(kMaxReconnectionTime));
  EXPECT_EQ(longest.left(kMaxReconnectionTime - 1), 1);
  EXPECT_EQ(longest.left(kMaxReconnectionTime), 0);
  TimeOut none;
  EXPECT_EQ(none.left(0), -1);
}

}  // namespace
}  // namespace eventsource
