// 10,000 clients lose one server together, and come back to it: no window of 250 ms may hold many
// more of them than an even spread would. No time passes here; --gtest_filter='Herd*' prints when
// they come. docs/decisions/0007-reconnection-delays.md
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <queue>
#include <random>
#include <string>
#include <vector>

#include "connection.h"
#include "connection_inputs.h"

namespace eventsource {
namespace {

constexpr std::uint32_t kClients = 10000;
constexpr std::uint32_t kWindow = 250;
// When the server goes away, by the clients' clock.
constexpr std::uint32_t kLost = 1000000;

// The wait after a loss: least <= wait < end, in milliseconds.
struct Wait {
  std::uint32_t least;
  std::uint32_t end;
};

struct Outage {
  const char* name;
  // Milliseconds from the loss until the server is back.
  std::uint32_t away;
  // Before that it answers 503 with this Retry-After, which is retried; 0: it does not answer.
  std::uint32_t retry_after;
  // By the number of losses in a row, the last for all further ones: docs/architecture.md, with a
  // reconnection time of three seconds.
  std::vector<Wait> waits;
};

const std::vector<Wait> kNoAnswer = {{3000, 3300},   {3000, 6000},   {4500, 6000},  {7500, 12000},
                                     {13500, 24000}, {25500, 48000}, {31500, 60000}};
const std::vector<Wait> kAsked = {{3000, 3300}, {30000, 33000}, {45000, 60000}};

const std::vector<Outage> kOutages = {
    {"ended streams, away for 5.2 s", 5200, 0, kNoAnswer},
    {"ended streams, away for 60 s", 60000, 0, kNoAnswer},
    {"ended streams, away for 600 s", 600000, 0, kNoAnswer},
    {"503 with Retry-After: 30 for 5.2 s", 5200, 30000, kAsked},
    {"503 with Retry-After: 30 for 60 s", 60000, 30000, kAsked},
    {"503 with Retry-After: 30 for 600 s", 600000, 30000, kAsked},
};

const Wait& wait_after(const Outage& outage, std::size_t losses) {
  return outage.waits[std::min(losses, outage.waits.size()) - 1];
}

// The window of the policy. When the server is back, a client is in its wait after the k-th loss,
// and the policy lets that wait end anywhere in a window, each time as likely as any other: as long
// as the longest wait after k losses is longer than the shortest. Which k there can be follows from
// the sums of all shortest and of all longest waits before it. Of several, the one with the
// narrowest window counts.
std::uint32_t window_of_policy(const Outage& outage) {
  std::uint32_t narrowest = 0xFFFFFFFF;
  std::uint32_t began = 0;  // the earliest time of the k-th loss
  std::uint32_t ended = 0;  // before this, its wait is over
  for (std::size_t k = 1; began < outage.away; ++k) {
    const Wait& wait = wait_after(outage, k);
    ended += wait.end;
    if (ended > outage.away) {
      narrowest = std::min(narrowest, wait.end - wait.least);
    }
    began += wait.least;
  }
  return narrowest;
}

struct Attempt {
  std::uint32_t time;
  std::size_t client;

  bool operator>(const Attempt& other) const { return time > other.time; }
};

// The milliseconds from the server's return until each client comes, sorted.
std::vector<std::uint32_t> arrivals_after(const Outage& outage) {
  std::mt19937 generator(20);
  const auto random = [&] { return static_cast<std::uint32_t>(generator()) >> 16; };
  std::vector<Connection> clients(kClients);
  std::priority_queue<Attempt, std::vector<Attempt>, std::greater<>> attempts;
  const auto wait = [&](std::size_t client, std::uint32_t now, Action delay) {
    const Wait& expected = wait_after(outage, clients[client].policy().losses());
    EXPECT_GE(delay, static_cast<Action>(expected.least));
    EXPECT_LT(delay, static_cast<Action>(expected.end));
    if (delay >= 0) {
      attempts.push({now + static_cast<std::uint32_t>(delay), client});
    }
  };
  for (std::size_t i = 0; i < kClients; ++i) {
    configure(clients[i], {.transient = true});
    clients[i].start(true, 0);
    respond(clients[i]);
    clients[i].dispatched();
    wait(i, kLost, clients[i].end(kLost, random()));
  }
  std::vector<std::uint32_t> arrivals;
  while (!attempts.empty()) {
    const auto [now, i] = attempts.top();
    attempts.pop();
    EXPECT_EQ(elapse(clients[i], now), kFetch);
    if (now >= kLost + outage.away) {
      arrivals.push_back(now - kLost - outage.away);
    } else {
      wait(i, now,
           outage.retry_after != 0 ? refuse(clients[i], 503, now, random(), outage.retry_after)
                                   : clients[i].fail(false, false, now, random()));
    }
  }
  return arrivals;
}

// The most that any 250 ms hold.
std::size_t most_at_once(const std::vector<std::uint32_t>& arrivals) {
  std::size_t most = 0;
  std::size_t first = 0;
  for (std::size_t last = 0; last < arrivals.size(); ++last) {
    while (arrivals[last] - arrivals[first] >= kWindow) {
      ++first;
    }
    most = std::max(most, last - first + 1);
  }
  return most;
}

void print(const Outage& outage, const std::vector<std::uint32_t>& arrivals, std::size_t most,
           std::uint32_t even) {
  const std::uint32_t step = arrivals.back() > 20000 ? 1000 : kWindow;
  std::vector<std::uint32_t> counts(arrivals.back() / step + 1);
  for (const std::uint32_t arrival : arrivals) {
    ++counts[arrival / step];
  }
  const std::uint32_t longest = *std::max_element(counts.begin(), counts.end());
  std::printf("%s: at most %zu in %u ms, an even spread has %u\n", outage.name, most, kWindow,
              even);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const std::string bar((counts[i] * 60 + longest - 1) / longest, '#');
    std::printf("%6.2f s %5u %s\n", static_cast<double>(i * step) / 1000, counts[i], bar.c_str());
  }
}

TEST(Herd, ComesBackSpreadOverTheWindowOfThePolicy) {
  for (const Outage& outage : kOutages) {
    const std::vector<std::uint32_t> arrivals = arrivals_after(outage);
    ASSERT_EQ(arrivals.size(), kClients);
    const std::uint32_t even = kClients * kWindow / window_of_policy(outage);
    const std::size_t most = most_at_once(arrivals);
    EXPECT_LE(most, 2 * even) << outage.name;
    // And whatever the policy: ours.
    EXPECT_LE(most, kClients / 10) << outage.name;
    if (testing::GTEST_FLAG(filter).starts_with("Herd")) {
      print(outage, arrivals, most, even);
    }
  }
}

}  // namespace
}  // namespace eventsource
