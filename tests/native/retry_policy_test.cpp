// How long a reconnection waits: the formula in docs/architecture.md.
#include "retry_policy.h"

#include <gtest/gtest.h>

namespace eventsource {
namespace {

constexpr std::uint32_t kMaxRandom = 0xFFFF;
constexpr std::uint32_t kLongAgo = 100000;

TEST(RetryPolicy, SpreadsTheFirstWaitsOverATenthAboveTheReconnectionTime) {
  for (const std::uint32_t failures : {0U, 1U}) {
    EXPECT_EQ(reconnection_delay(3000, failures, kLongAgo, 0), 3000U);
    EXPECT_EQ(reconnection_delay(3000, failures, kLongAgo, 0x8000), 3150U);
    EXPECT_EQ(reconnection_delay(3000, failures, kLongAgo, kMaxRandom), 3299U);
  }
  EXPECT_EQ(reconnection_delay(9, 0, kLongAgo, kMaxRandom), 9U);
}

TEST(RetryPolicy, IsNeverLessThanTheReconnectionTimeNorMoreThanTimersHold) {
  for (std::uint32_t time = 0; time <= kMaxReconnectionTime; time += time / 3 + 1) {
    for (const std::uint32_t failures : {0U, 1U, 2U, 5U, 0xFFFFFFFFU}) {
      std::uint32_t previous = 0;
      for (std::uint32_t random = 0; random <= kMaxRandom; random += 4369) {
        const std::uint32_t delay = reconnection_delay(time, failures, kLongAgo, random);
        EXPECT_GE(delay, time);
        EXPECT_GE(delay, previous);
        EXPECT_LE(delay, kMaxReconnectionTime);
        // Backing off is done at the ceiling, but for the tenth.
        const std::uint64_t tenth_more = std::uint64_t{time} + time / 10;
        EXPECT_LE(delay, std::max<std::uint64_t>(kBackoffCeiling, tenth_more));
        previous = delay;
      }
    }
  }
}

TEST(RetryPolicy, SpreadsATenthAlsoWhereBackingOffAddsLess) {
  EXPECT_EQ(reconnection_delay(59000, 2, kLongAgo, 0), 59500U);
  EXPECT_EQ(reconnection_delay(59000, 2, kLongAgo, 0x8000), 59500U + 2950);
}

TEST(RetryPolicy, KeepsAttemptsApart) {
  EXPECT_EQ(reconnection_delay(0, 0, 0, kMaxRandom), 500U);
  EXPECT_EQ(reconnection_delay(0, 0, 499, kMaxRandom), 1U);
  EXPECT_EQ(reconnection_delay(0, 0, 500, kMaxRandom), 0U);
  EXPECT_EQ(reconnection_delay(20, 1, 400, 0), 100U);
}

TEST(RetryPolicy, TakesAClockThatWasSetBackForOneThatStoodStill) {
  EXPECT_EQ(milliseconds_between(100, 350), 250U);
  EXPECT_EQ(milliseconds_between(0xFFFFFFF0, 0x10), 0x20U);
  EXPECT_EQ(milliseconds_between(350, 100), 0U);
  EXPECT_EQ(milliseconds_between(0, 0x80000000), 0U);
}

}  // namespace
}  // namespace eventsource
