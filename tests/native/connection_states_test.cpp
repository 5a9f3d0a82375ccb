// Every input in every state: the table in docs/architecture.md.
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "connection.h"
#include "connection_inputs.h"

namespace eventsource {
namespace {

struct Input {
  const char* name;
  std::function<Action(Connection&)> give;
};

// With both time-outs, and statuses that are retried.
Connection& configured(Connection& connection) {
  configure(connection, {.connect_timeout = 20000, .idle_timeout = 20000, .transient = true});
  return connection;
}

const Input kStart = {"start", [](Connection& c) { return c.start(true, 0); }};
const Input kStartWrong = {"start, not fetchable", [](Connection& c) { return c.start(false, 0); }};
const Input kAnswer = {"respond, 200", [](Connection& c) { return respond(c); }};
const Input kNoStream = {"respond, 404", [](Connection& c) { return refuse(c, 404, 10000); }};
const Input kBusy = {"respond, 503", [](Connection& c) { return refuse(c, 503, 10000); }};
const Input kEnd = {"end", [](Connection& c) { return c.end(10000, 0); }};
const Input kError = {"fail", [](Connection& c) { return c.fail(false, false, 10000, 0); }};
const Input kRefusal = {"fail, may be refused",
                        [](Connection& c) { return c.fail(true, false, 10000, 0); }};
const Input kRefusalWithId = {"fail, may be refused, with the ID",
                              [](Connection& c) { return c.fail(true, true, 10000, 0); }};
const Input kProbed = {"probe, answered", [](Connection& c) { return c.probe(true, 10000, 0); }};
const Input kSilence = {"probe, no answer", [](Connection& c) { return c.probe(false, 10000, 0); }};
const Input kEarly = {"elapse, early", [](Connection& c) { return elapse(c, 19999, 0, 19999); }};
const Input kLate = {"elapse, late", [](Connection& c) { return elapse(c, 30000, 0, 30000); }};
const Input kTooLarge = {"refuse", [](Connection& c) { return c.refuse(); }};
const Input kNo = {"decide: give up", [](Connection& c) { return c.decide(kGiveUp, 10000, 0); }};
const Input kYes = {"decide: retry", [](Connection& c) { return c.decide(kRetry, 10000, 0); }};
const Input kIn700 = {"decide: 700", [](Connection& c) { return c.decide(700, 10000, 0); }};
const Input kOnline = {"reconnect", [](Connection& c) { return c.reconnect(false, 10000); }};
const Input kForced = {"reconnect, forced", [](Connection& c) { return c.reconnect(true, 10000); }};

const std::vector<Input> kInputs = {kStart,   kStartWrong, kAnswer,  kNoStream,      kBusy,
                                    kEnd,     kError,      kRefusal, kRefusalWithId, kProbed,
                                    kSilence, kEarly,      kLate,    kTooLarge,      kNo,
                                    kYes,     kIn700,      kOnline,  kForced};

struct State {
  const char* name;
  std::vector<Input> way;
  std::vector<Action> actions;  // for kInputs, one after another
};

std::vector<State> all_states() {
  const Action n = kNothing;
  const Action f = kFail;
  // clang-format off
  return {
      //                start         answer     busy         error   with ID         silence       late       no    700    forced
      //                   | wrong       | 404     |   end       | refusal |    probed   | early      | too large | yes  | online |
      {"new", {},
                       {kFetch, f,       n,   n,   n,    n,   n,   n,      n,        n,  n,   n,      n,     f,  n,   n,   n,  n,  n}},
      {"requesting", {kStart},
                       {n, n,    kAnnounce,   f, 3000,   n, 3000, kProbe, kProbe,    n,  n,   n,   3000,     f,  n,   n,   n,  n,  0}},
      {"open", {kStart, kAnswer},
                       {n, n,            n,   n,   n, 3000,   n,   n,      n,        n,  n,   n,   3000,     f,  n,   n,   n,  n,  0}},
      {"waiting", {kStart, kAnswer, kEnd},
                       {n, n,            n,   n,   n,    n,   n,   n,      n,        n,  n, kFetch, kFetch,  f,  f, 3000, 700, 0,  0}},
      {"waiting as the server asked", {kStart, kBusy},
                       {n, n,            n,   n,   n,    n,   n,   n,      n,        n,  n, kFetch, kFetch,  f,  f, 3000, 700, n,  0}},
      {"probing", {kStart, kRefusal},
                       {n, n,            n,   n,   n,    n,   n,   n,      n,   kFetch, 3000, n,      n,     f,  n,   n,   n,  n,  0}},
      {"settling", {kStart, kRefusal, kProbed},
                       {n, n,    kAnnounce,   f, 3000,   n, 3000,  f, kFetchWithoutId, n, n,  n,   3000,     f,  n,   n,   n,  n, 500}},
      {"failed by a status", {kStart, kNoStream},
                       {n, n,            n,   n,   n,    n,   n,   n,      n,        n,  n,   n,      n,     n,  f, 3000, 700, n,  0}},
      {"failed by the caller", {kStart, kAnswer, kTooLarge},
                       {n, n,            n,   n,   n,    n,   n,   n,      n,        n,  n,   n,      n,     n,  f, 3000, 700, n,  0}},
      {"failed by CORS", {kStart, kRefusal, kProbed, kRefusal},
                       {n, n,            n,   n,   n,    n,   n,   n,      n,        n,  n,   n,      n,     n,  f, 3000, 700, n, 500}},
      {"closed", {kStart, kNoStream, kNo},
                       {n, n,            n,   n,   n,    n,   n,   n,      n,        n,  n,   n,      n,     n,  f,   f,   f,  n,  n}},
      {"closed before it began", {kStartWrong},
                       {n, n,            n,   n,   n,    n,   n,   n,      n,        n,  n,   n,      n,     n,  f,   f,   f,  n,  n}},
  };
  // clang-format on
}

const std::vector<State> kStates = all_states();

void lead(Connection& connection, const State& state) {
  configured(connection);
  for (const Input& step : state.way) {
    step.give(connection);
  }
}

TEST(ConnectionStates, EachInputHasItsActionInEachState) {
  for (const State& state : kStates) {
    ASSERT_EQ(state.actions.size(), kInputs.size()) << state.name;
    for (std::size_t i = 0; i < kInputs.size(); ++i) {
      Connection connection;
      lead(connection, state);
      EXPECT_EQ(kInputs[i].give(connection), state.actions[i])
          << state.name << ": " << kInputs[i].name;
    }
  }
}

// What gave kNothing has changed nothing: the next input finds the state that was.
TEST(ConnectionStates, WhatDoesNotFitChangesNothing) {
  for (const State& state : kStates) {
    for (std::size_t ignored = 0; ignored < kInputs.size(); ++ignored) {
      if (state.actions[ignored] != kNothing) {
        continue;
      }
      for (std::size_t i = 0; i < kInputs.size(); ++i) {
        Connection connection;
        lead(connection, state);
        kInputs[ignored].give(connection);
        EXPECT_EQ(kInputs[i].give(connection), state.actions[i])
            << state.name << ": " << kInputs[ignored].name << ", " << kInputs[i].name;
      }
    }
  }
}

TEST(ConnectionStates, OnlyRequestingAndOpenHaveADeadline) {
  for (const State& state : kStates) {
    Connection connection;
    lead(connection, state);
    const std::string name = state.name;
    const bool has_one = name == "requesting" || name == "open" || name == "settling";
    const std::int32_t left = name == "settling" ? 19000 : 9000;
    EXPECT_EQ(connection.deadline(11000, 11000), has_one ? left : -1) << name;
  }
}

}  // namespace
}  // namespace eventsource
