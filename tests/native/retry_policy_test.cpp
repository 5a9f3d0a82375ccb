// How long a reconnection waits: the formula in docs/architecture.md.
#include "retry_policy.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "milliseconds.h"

namespace eventsource {
namespace {

constexpr std::uint32_t kMaxRandom = 0xFFFF;

struct Waits {
  std::uint32_t least;
  std::uint32_t most;

  bool operator==(const Waits&) const = default;
};

void PrintTo(const Waits& waits, std::ostream* out) {
  *out << waits.least << " to " << waits.most;
}

Waits waits_of(const RetryPolicy& policy) {
  return {policy.delay(0), policy.delay(kMaxRandom)};
}

// The waits after so many losses in a row; `proved`: the first was that of a proved connection.
std::vector<Waits> waits_in_a_row(RetryPolicy& policy, bool proved, int losses) {
  std::vector<Waits> waits;
  for (int i = 0; i < losses; ++i) {
    policy.lose(proved && i == 0);
    waits.push_back(waits_of(policy));
  }
  return waits;
}

TEST(RetryPolicy, BacksOffFromTheSecondFailureOn) {
  RetryPolicy policy;
  EXPECT_EQ(waits_in_a_row(policy, false, 8), (std::vector<Waits>{{3000, 3299},
                                                                  {4500, 5999},
                                                                  {7500, 11999},
                                                                  {13500, 23999},
                                                                  {25500, 47999},
                                                                  {31500, 59999},
                                                                  {31500, 59999},
                                                                  {31500, 59999}}));
}

TEST(RetryPolicy, SpreadsWhomALostServerHasBroughtTogetherBeforeItBacksOff) {
  RetryPolicy policy;
  EXPECT_EQ(waits_in_a_row(policy, true, 8), (std::vector<Waits>{{3000, 3299},
                                                                 {3000, 5999},
                                                                 {4500, 5999},
                                                                 {7500, 11999},
                                                                 {13500, 23999},
                                                                 {25500, 47999},
                                                                 {31500, 59999},
                                                                 {31500, 59999}}));
  EXPECT_EQ(waits_in_a_row(policy, true, 2), (std::vector<Waits>{{3000, 3299}, {3000, 5999}}));
}

TEST(RetryPolicy, CountsLossesFromTheLastProof) {
  RetryPolicy policy;
  EXPECT_EQ(policy.losses(), 0U);
  policy.lose(false);
  policy.lose(false);
  EXPECT_EQ(policy.losses(), 2U);
  policy.lose(true);
  EXPECT_EQ(policy.losses(), 1U);
  policy.forget_losses();
  EXPECT_EQ(policy.losses(), 0U);
}

TEST(RetryPolicy, SpreadsEvenlyInBetween) {
  RetryPolicy policy;
  policy.lose(false);
  EXPECT_EQ(policy.delay(0x8000), 3150U);
  policy.lose(false);
  EXPECT_EQ(policy.delay(0x8000), 4500U + 750);
  policy.lose(true);
  policy.lose(false);
  EXPECT_EQ(policy.delay(0x8000), 3000U + 1500);
}

TEST(RetryPolicy, IsNeverLessThanTheReconnectionTime) {
  for (std::uint32_t time = 0; time <= kMaxReconnectionTime; time += time / 3 + 1) {
    for (const bool proved : {false, true}) {
      RetryPolicy policy;
      policy.set_reconnection_time(time);
      for (int losses = 0; losses < 40; ++losses) {
        policy.lose(proved && losses == 0);
        std::uint32_t previous = 0;
        for (std::uint32_t random = 0; random <= kMaxRandom; random += 4369) {
          const std::uint32_t delay = policy.delay(random);
          ASSERT_GE(delay, time);
          ASSERT_GE(delay, previous);
          // Backing off is done at the ceiling, but for the tenth.
          ASSERT_LE(delay, std::max(kBackoffCeiling, time) + time / 10);
          previous = delay;
        }
      }
    }
  }
}

TEST(RetryPolicy, SpreadsATenthAlsoWhereBackingOffAddsLess) {
  RetryPolicy policy;
  policy.set_reconnection_time(59000);
  policy.lose(false);
  policy.lose(false);
  EXPECT_EQ(waits_of(policy), (Waits{59500, 59500 + 5899}));
  policy.lose(true);
  policy.lose(false);
  EXPECT_EQ(waits_of(policy), (Waits{59000, 59000 + 5899}));
  policy.set_reconnection_time(9);
  policy.lose(true);
  EXPECT_EQ(waits_of(policy), (Waits{9, 9}));
}

TEST(RetryPolicy, KeepsAttemptsApart) {
  EXPECT_EQ(keep_apart(0, 0), 500U);
  EXPECT_EQ(keep_apart(0, 499), 1U);
  EXPECT_EQ(keep_apart(0, 500), 0U);
  EXPECT_EQ(keep_apart(0, 0xFFFFFFFF), 0U);
  EXPECT_EQ(keep_apart(20, 400), 100U);
  EXPECT_EQ(keep_apart(200, 400), 200U);
  EXPECT_EQ(keep_apart(0x80000000, 0), kMaxReconnectionTime);
}

TEST(RetryPolicy, TakesAClockThatWasSetBackForOneThatStoodStill) {
  EXPECT_EQ(milliseconds_between(100, 350), 250U);
  EXPECT_EQ(milliseconds_between(0xFFFFFFF0, 0x10), 0x20U);
  EXPECT_EQ(milliseconds_between(350, 100), 0U);
  EXPECT_EQ(milliseconds_between(0, 0x80000000), 0U);
}

// --- The options -------------------------------------------------------------------------------

TEST(RetryPolicy, EndsBackingOffAtMaxReconnectionTime) {
  RetryPolicy policy;
  policy.limit(10000, kUnlimited);
  EXPECT_EQ(
      waits_in_a_row(policy, false, 5),
      (std::vector<Waits>{{3000, 3299}, {4500, 5999}, {6500, 9999}, {6500, 9999}, {6500, 9999}}));
  policy.limit(kMaxReconnectionTime, kUnlimited);
  policy.set_reconnection_time(100000);
  policy.forget_losses();
  for (int i = 0; i < 60; ++i) {
    policy.lose(false);
  }
  // The finest part of so long a time is half a minute.
  EXPECT_LE(waits_of(policy).most, kMaxReconnectionTime);
  EXPECT_GE(waits_of(policy).most, kMaxReconnectionTime - 30000);
}

TEST(RetryPolicy, LimitsTheReconnectionTimeSoThatItsTenthFits) {
  RetryPolicy policy;
  policy.set_reconnection_time(100000);
  policy.limit(1100, kUnlimited);
  EXPECT_EQ(waits_in_a_row(policy, false, 3),
            (std::vector<Waits>{{1000, 1099}, {1000, 1099}, {1000, 1099}}));
  policy.limit(2000, kUnlimited);
  policy.lose(true);
  EXPECT_EQ(waits_of(policy).least, 2000U - 2000 / 11);
  // As long as its tenth fits, it is what it is.
  policy.set_reconnection_time(1000);
  policy.limit(1100, kUnlimited);
  EXPECT_EQ(waits_in_a_row(policy, true, 2), (std::vector<Waits>{{1000, 1099}, {1000, 1099}}));
  policy.set_reconnection_time(900);
  EXPECT_EQ(waits_in_a_row(policy, true, 3),
            (std::vector<Waits>{{900, 989}, {900, 1099}, {1000, 1099}}));
  // The tenth is more than what backing off adds: both fit.
  policy.limit(1000, kUnlimited);
  policy.forget_losses();
  EXPECT_EQ(waits_in_a_row(policy, true, 3),
            (std::vector<Waits>{{900, 989}, {900, 999}, {910, 999}}));
}

TEST(RetryPolicy, WaitsNoLongerThanMaxReconnectionTime) {
  for (std::uint32_t longest = 1; longest < 0x70000000; longest += longest / 7 + 1) {
    for (std::uint32_t time = 0; time < 0x70000000; time += time / 2 + 1) {
      RetryPolicy policy;
      policy.set_reconnection_time(time);
      policy.limit(longest, kUnlimited);
      for (const std::uint32_t retry_after : {0U, time / 2, time * 2, 0xFFFFFFFFU}) {
        policy.set_retry_after(retry_after);
        for (int losses = 0; losses < 7; ++losses) {
          policy.lose(losses == 0 && time % 2 == 0);
          ASSERT_LE(policy.delay(kMaxRandom), longest);
          ASSERT_LE(policy.delay(0), policy.delay(kMaxRandom));
          // What is left of what is asked for, but for a millisecond of a rounded tenth.
          ASSERT_GE(policy.delay(0) + 1, std::min(time, longest - longest / 11));
        }
      }
    }
  }
}

TEST(RetryPolicy, MayBeExhausted) {
  for (const std::uint32_t retries : {0U, 1U, 3U, kUnlimited}) {
    RetryPolicy policy;
    policy.limit(0, retries);
    for (std::uint32_t losses = 0; losses < 10; ++losses) {
      EXPECT_EQ(policy.exhausted(), losses > retries) << losses << " of " << retries;
      policy.lose(false);
    }
    policy.lose(true);
    EXPECT_EQ(policy.exhausted(), retries == 0);
  }
}

// --- Retry-After -------------------------------------------------------------------------------

Waits waits_with(std::uint32_t retry_after, std::uint32_t max_reconnection_time = 0) {
  RetryPolicy policy;
  policy.limit(max_reconnection_time, kUnlimited);
  policy.set_retry_after(retry_after);
  policy.lose(false);
  return waits_of(policy);
}

TEST(RetryPolicy, WaitsAsLongAsTheServerAsksFor) {
  EXPECT_EQ(waits_with(0), (Waits{3000, 3299}));
  EXPECT_EQ(waits_with(1000), (Waits{3000, 3299}));
  EXPECT_EQ(waits_with(3000), (Waits{3000, 3299}));
  EXPECT_EQ(waits_with(3010), (Waits{3010, 3310}));
  EXPECT_EQ(waits_with(30000), (Waits{30000, 32999}));
  EXPECT_EQ(waits_with(120000), (Waits{120000, 131999}));
  EXPECT_EQ(waits_with(3600000), (Waits{3600000, 3959994}));
  EXPECT_EQ(waits_with(3600001), (Waits{3600000, 3959994}));
  EXPECT_EQ(waits_with(0xFFFFFFFF), (Waits{3600000, 3959994}));
}

TEST(RetryPolicy, LimitsWhatTheServerAsksForByMaxReconnectionTime) {
  EXPECT_EQ(waits_with(1000, 11000), (Waits{3000, 3299}));
  EXPECT_EQ(waits_with(9000, 11000), (Waits{9000, 9899}));
  EXPECT_EQ(waits_with(10000, 11000), (Waits{10000, 10999}));
  EXPECT_EQ(waits_with(60000, 11000), (Waits{10000, 10999}));
  EXPECT_EQ(waits_with(0xFFFFFFFF, 11000), (Waits{10000, 10999}));
  EXPECT_EQ(waits_with(7200000, 11000000), (Waits{7200000, 7919989}));
}

// It takes the place of the reconnection time, so backing off begins from it.
TEST(RetryPolicy, BacksOffFromWhatTheServerAsksFor) {
  RetryPolicy policy;
  policy.set_retry_after(10000);
  EXPECT_EQ(waits_in_a_row(policy, false, 4),
            (std::vector<Waits>{{10000, 10999}, {15000, 19999}, {25000, 39999}, {35000, 59999}}));
  // A tenth more is all that spreads those who come from a lost server: never less than asked.
  EXPECT_EQ(waits_in_a_row(policy, true, 3),
            (std::vector<Waits>{{10000, 10999}, {10000, 10999}, {15000, 19999}}));
}

}  // namespace
}  // namespace eventsource
