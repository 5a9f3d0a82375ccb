// Options for staying connected: which losses are tried again, how often, and what the user
// decides. docs/decisions/0046-max-retries.md, 0047-retry-after.md
#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <vector>

#include "connection.h"
#include "connection_inputs.h"

namespace eventsource {
namespace {

// --- Statuses ----------------------------------------------------------------------------------

TEST(Retries, OnlyTransientStatusesAreTriedAgain) {
  const std::set<std::uint32_t> transient = {408, 425, 429, 500, 502, 503, 504};
  for (std::uint32_t status = 0; status < 1100; ++status) {
    Connection connection;
    configure(connection, {.transient = true});
    connection.start(true, 0);
    const bool retried = transient.contains(status);
    ASSERT_EQ(respond(connection, status, "text/plain", 1000), retried ? 3000 : kFail) << status;
    EXPECT_EQ(connection.policy().losses(), 1U);
    EXPECT_EQ(elapse(connection, 4000), retried ? kFetch : kNothing);
  }
  // Modulo nothing.
  for (const std::uint32_t far : {0x80000000U, 32U, 64U, 256U, 65536U}) {
    EXPECT_FALSE(is_transient(408 + far));
    EXPECT_FALSE(is_transient(503 + far));
    EXPECT_FALSE(is_transient(503 - far));
  }
}

TEST(Retries, NoStatusIsTriedAgainWithoutTheOption) {
  for (const std::uint32_t status : {408, 425, 429, 500, 502, 503, 504}) {
    Connection connection;
    connection.start(true, 0);
    EXPECT_EQ(refuse(connection, status, 1000), kFail) << status;
  }
}

TEST(Retries, AnotherTypeIsFinalAlsoWithTheOption) {
  Connection connection;
  configure(connection, {.transient = true});
  connection.start(true, 0);
  EXPECT_EQ(respond(connection, 200, "text/html"), kFail);
}

TEST(Retries, StatusesInARowBackOff) {
  Connection connection;
  configure(connection, {.transient = true});
  connection.start(true, 0);
  std::vector<Action> delays;
  for (int i = 0; i < 4; ++i) {
    delays.push_back(refuse(connection, 503, 10000));
    elapse(connection, 10000);
  }
  EXPECT_EQ(delays, (std::vector<Action>{3000, 4500, 7500, 13500}));
}

TEST(Retries, WhatOneResponseAsksForIsForgottenWithItsWait) {
  Connection connection;
  configure(connection, {.transient = true});
  connection.start(true, 0);
  EXPECT_EQ(refuse(connection, 503, 1000, 0, 20000), 20000);
  elapse(connection, 21000);
  EXPECT_EQ(connection.fail(false, false, 22000, 0), 4500);
  elapse(connection, 27000);
  EXPECT_EQ(refuse(connection, 429, 28000, kMaxRandom, 40000), 59999);
  elapse(connection, 90000);
  EXPECT_EQ(respond(connection, 200, "text/event-stream", 90000, 0, 50000), kAnnounce);
  connection.dispatched();
  EXPECT_EQ(connection.end(91000, 0), 3000);
}

// --- maxRetries --------------------------------------------------------------------------------

TEST(Retries, AsManyReconnectionsInARowAsThereMayBe) {
  using Loss = std::function<Action(Connection&, std::uint32_t)>;
  const std::vector<Loss> losses = {
      [](Connection& c, std::uint32_t now) { return c.fail(false, false, now, 0); },
      [](Connection& c, std::uint32_t now) { return refuse(c, 503, now); },
      [](Connection& c, std::uint32_t now) { return elapse(c, now + 5000); },
      [](Connection& c, std::uint32_t now) {
        c.fail(true, false, now, 0);
        return c.probe(false, now, 0);
      },
      [](Connection& c, std::uint32_t now) {
        respond(c, 200, "text/event-stream", now);
        return c.end(now, 0);
      },
      [](Connection& c, std::uint32_t now) {
        respond(c, 200, "text/event-stream", now);
        c.touch(now);
        return elapse(c, now, 0, now + 4000);
      },
  };
  for (const std::uint32_t retries : {0U, 1U, 3U}) {
    for (const Loss& lose : losses) {
      Connection connection;
      configure(connection, {.max_retries = retries,
                             .connect_timeout = 5000,
                             .idle_timeout = 4000,
                             .transient = true});
      std::uint32_t now = 0;
      connection.start(true, now);
      for (std::uint32_t i = 0; i < retries; ++i) {
        ASSERT_GE(lose(connection, now), 0);
        ASSERT_EQ(connection.policy().losses(), i + 1);
        now += 100000;
        ASSERT_EQ(elapse(connection, now), kFetch);
      }
      EXPECT_EQ(lose(connection, now), kFail);
      EXPECT_EQ(connection.policy().losses(), retries + 1);
      // The user cannot have more than the user allowed.
      EXPECT_EQ(connection.decide(kRetry, now, 0), kFail);
      EXPECT_EQ(connection.decide(1000, now, 0), kFail);
      EXPECT_EQ(elapse(connection, now), kNothing);
    }
  }
}

TEST(Retries, AProvedConnectionCountsFromTheBeginning) {
  Connection connection;
  configure(connection, {.max_retries = 1});
  connection.start(true, 0);
  for (std::uint32_t now = 0; now < 1000000; now += 100000) {
    respond(connection, 200, "text/event-stream", now);
    connection.dispatched();
    ASSERT_EQ(connection.end(now, 0), 3000);
    EXPECT_EQ(connection.policy().losses(), 1U);
    ASSERT_EQ(elapse(connection, now + 100000), kFetch);
  }
  EXPECT_EQ(connection.fail(false, false, 1000000, 0), kFail);
  EXPECT_EQ(connection.policy().losses(), 2U);
}

// --- decide() ----------------------------------------------------------------------------------

struct Loss {
  const char* name;
  std::function<Action(Connection&)> lose;  // after start()
  Action action;
  Action retry;  // what kRetry gives at 10000
};

const std::vector<Loss> kLosses = {
    {"network error", [](Connection& c) { return c.fail(false, false, 10000, 0); }, 3000, 3000},
    {"end",
     [](Connection& c) {
       respond(c, 200, "text/event-stream", 9000);
       return c.end(10000, 0);
     },
     3000, 3000},
    {"status", [](Connection& c) { return refuse(c, 404, 10000); }, kFail, 3000},
    {"status with Retry-After", [](Connection& c) { return refuse(c, 404, 10000, 0, 7000); }, kFail,
     7000},
    {"transient status with Retry-After",
     [](Connection& c) { return refuse(c, 503, 10000, 0, 7000); }, 7000, 7000},
    {"type", [](Connection& c) { return respond(c, 200, "text/html", 10000); }, kFail, 3000},
    {"refused by the caller",
     [](Connection& c) {
       respond(c);
       return c.refuse();
     },
     kFail, 3000},
    {"redirect refused by the caller", [](Connection& c) { return c.refuse(); }, kFail, 3000},
    {"refused by CORS",
     [](Connection& c) {
       c.fail(true, false, 10000, 0);
       c.probe(true, 10000, 0);
       return c.fail(true, false, 10000, 0);
     },
     kFail, 3000},
};

void lose(Connection& connection, const Loss& loss) {
  configure(connection, {.transient = true});
  connection.start(true, 0);
  ASSERT_EQ(loss.lose(connection), loss.action) << loss.name;
}

TEST(Retries, TheUserMayGiveUpAfterEachLoss) {
  for (const Loss& loss : kLosses) {
    Connection connection;
    lose(connection, loss);
    EXPECT_EQ(connection.decide(kGiveUp, 10000, 0), kFail) << loss.name;
    EXPECT_EQ(elapse(connection, 20000), kNothing);
    EXPECT_EQ(connection.decide(kRetry, 10000, 0), kFail);
  }
}

TEST(Retries, TheUserMayRetryAfterEachLoss) {
  for (const Loss& loss : kLosses) {
    Connection connection;
    lose(connection, loss);
    EXPECT_EQ(connection.decide(kRetry, 10000, 0), loss.retry) << loss.name;
    EXPECT_EQ(connection.policy().losses(), 1U);
    EXPECT_EQ(elapse(connection, 20000), kFetch);
    // The next failure in a row backs off as ever.
    EXPECT_EQ(connection.fail(false, false, 30000, 0), 4500) << loss.name;
  }
}

TEST(Retries, TheUserMayWaitHoweverLong) {
  for (const Loss& loss : kLosses) {
    for (const std::int32_t time : {500, 1234, 10000000, 0x7FFFFFFF}) {
      Connection connection;
      lose(connection, loss);
      connection.policy().limit(1000, kUnlimited);
      EXPECT_EQ(connection.decide(time, 10000, kMaxRandom), time) << loss.name;
      EXPECT_EQ(elapse(connection, 20000), kFetch);
    }
  }
}

TEST(Retries, TheUserCannotStorm) {
  Connection connection;
  connection.start(true, 1000);
  refuse(connection, 404, 1200);
  EXPECT_EQ(connection.decide(0, 1200, 0), 300);
  elapse(connection, 1500);
  refuse(connection, 404, 1500);
  EXPECT_EQ(connection.decide(20, 1999, 0), 20);
  EXPECT_EQ(connection.decide(0, 1999, 0), 1);
  EXPECT_EQ(connection.decide(0, 2000, 0), 0);
}

TEST(Retries, WhatCannotBeFetchedIsFinal) {
  Connection connection;
  EXPECT_EQ(connection.start(false, 0), kFail);
  EXPECT_EQ(connection.policy().losses(), 1U);
  EXPECT_EQ(connection.decide(kRetry, 0, 0), kFail);
}

// --- reconnect() -------------------------------------------------------------------------------

TEST(Retries, ReconnectsAtOnceButHalfASecondApart) {
  for (const std::uint32_t since : {0U, 1U, 499U, 500U, 100000U}) {
    Connection connection;
    connection.start(true, 1000);
    respond(connection, 200, "text/event-stream", 1000);
    EXPECT_EQ(connection.reconnect(true, 1000 + since), since < 500 ? Action(500 - since) : 0);
    EXPECT_EQ(elapse(connection, 1500 + since), kFetch);
  }
  // By a clock that was set back, too.
  Connection connection;
  connection.start(true, 1000);
  EXPECT_EQ(connection.reconnect(true, 0), 500);
}

TEST(Retries, ReconnectingCountsAsNoFailure) {
  Connection connection;
  connection.start(true, 0);
  connection.fail(false, false, 1000, 0);
  connection.reconnect(true, 2000);
  EXPECT_EQ(connection.policy().losses(), 1U);
  elapse(connection, 2000);
  respond(connection, 200, "text/event-stream", 2000);
  connection.reconnect(true, 3000);  // nothing proved
  EXPECT_EQ(connection.policy().losses(), 1U);
  elapse(connection, 3000);
  EXPECT_EQ(connection.fail(false, false, 4000, 0), 4500);
}

TEST(Retries, ReconnectingForgetsTheFailuresBeforeAProvedConnection) {
  for (const bool by_event : {false, true}) {
    Connection connection;
    connection.start(true, 0);
    connection.fail(false, false, 1000, 0);
    elapse(connection, 4000);
    respond(connection, 200, "text/event-stream", 4000);
    if (by_event) {
      connection.dispatched();
    }
    EXPECT_EQ(connection.reconnect(true, by_event ? 5000 : 9000), 0);
    EXPECT_EQ(connection.policy().losses(), 0U);
    elapse(connection, 9000);
    EXPECT_EQ(connection.fail(false, false, 10000, 0), 3000);
    EXPECT_EQ(connection.policy().losses(), 1U);
  }
}

TEST(Retries, ANetworkThatIsBackEndsAWaitButNoneThatTheServerAskedFor) {
  Connection connection;
  configure(connection, {.transient = true});
  connection.start(true, 0);
  connection.fail(false, false, 1000, 0);
  EXPECT_EQ(connection.reconnect(false, 1100), 0);
  elapse(connection, 1100);
  EXPECT_EQ(connection.reconnect(false, 1200), kNothing);  // a request is under way
  refuse(connection, 503, 1300);
  EXPECT_EQ(connection.reconnect(false, 2000), kNothing);
  EXPECT_EQ(connection.reconnect(true, 2000), 0);
  elapse(connection, 2000);
  connection.fail(false, false, 2100, 0);
  EXPECT_EQ(connection.reconnect(false, 2100), 400);
}

}  // namespace
}  // namespace eventsource
