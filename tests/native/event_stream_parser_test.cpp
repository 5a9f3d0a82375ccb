// What the vectors cannot say: several streams, the limits of one call, and memory running out.
#include "event_stream_parser.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "failing_memory.h"
#include "stream_reader.h"

namespace eventsource {
namespace {

// 9.2.6: a block that the end of the stream cuts off is discarded, and nothing of it reaches the
// next.
TEST(EventStreamParser, BeginsANewStreamWithoutWhatTheLastOneLeft) {
  for (const std::string_view rest :
       {"data: a\nid: 1\nevent: x\n", "data: a", "id: 123456", "event: 123456", "\xEF\xBB", "da",
        ": comment", "data: a\r", "retry: 123456"}) {
    StreamReader reader;
    reader.read(rest);
    reader.parser().begin_stream();
    reader.read(
        "\xEF\xBB\xBF"
        "data: b\n\n");
    ASSERT_EQ(reader.events().size(), 1U) << rest;
    EXPECT_EQ(reader.events()[0], (Event{"message", "b", ""})) << rest;
    EXPECT_EQ(reader.reconnection_time(), std::nullopt) << rest;
  }
}

TEST(EventStreamParser, HandsOverNoMoreRecordsThanThereIsRoomFor) {
  std::string chunk;
  while (chunk.size() + 8 <= kStagingBytes) {
    chunk += "data:x\n\n";
  }
  StreamReader reader;
  reader.read(chunk);
  EXPECT_GT(reader.events().size(), kMaxRecords);
  EXPECT_EQ(reader.events().size(), chunk.size() / 8);
}

TEST(EventStreamParser, TakesTheRestAfterTheRecordsRanFull) {
  std::string chunk;
  for (std::uint32_t i = 0; i < kMaxRecords; ++i) {
    chunk += "data\r\r";
  }
  // The last record fills the room, and its carriage return is the chunk's last byte.
  StreamReader reader;
  reader.read(chunk);
  reader.read("\ndata: next\n\n");
  ASSERT_EQ(reader.events().size(), kMaxRecords + 1);
  EXPECT_EQ(reader.events().back().data, "next");
}

TEST(EventStreamParser, SaysThatThereIsNoMemoryAfterWhatCameBefore) {
  StreamReader reader;
  reader.read("data: before\n\ndata: begun");
  memory_limit = 1024;
  reader.read(std::string(kStagingBytes, 'x'));
  memory_limit = 0;
  EXPECT_EQ(reader.failure(), FeedStatus::kNoMemory);
  ASSERT_EQ(reader.events().size(), 1U);
  EXPECT_EQ(reader.events()[0].data, "before");
}

// The event that was not kept whole is not dispatched, nor is what follows it in the same slice.
TEST(EventStreamParser, DispatchesNothingOfAnEventThatThereIsNoMemoryFor) {
  for (const std::string_view begun : {"data: begun", "id: begun id", "event: begun"}) {
    StreamReader reader;
    reader.read(begun);
    memory_limit = 1024;
    reader.read(std::string(5000, 'x') + "\ndata: rest\n\ndata: next\n\n");
    memory_limit = 0;
    EXPECT_EQ(reader.failure(), FeedStatus::kNoMemory) << begun;
    EXPECT_TRUE(reader.events().empty()) << begun;
    EXPECT_EQ(reader.last_event_id(), "") << begun;
    // A new response begins anew.
    reader.parser().begin_stream();
    reader.read("data: again\n\n");
    EXPECT_EQ(reader.events().size(), 1U) << begun;
  }
}

TEST(EventStreamParser, RefusesAnEventOfMoreThanTheDefaultLimit) {
  StreamReader reader;
  const std::string slice(kStagingBytes, 'x');
  reader.read("data: ");
  for (std::uint32_t fed = 0; fed < kDefaultEventBytes; fed += kStagingBytes) {
    reader.read(slice);
    ASSERT_EQ(reader.failure(), FeedStatus::kDone);
  }
  reader.read("x");
  EXPECT_EQ(reader.failure(), FeedStatus::kTooLarge);
  EXPECT_TRUE(reader.events().empty());
}

struct Limited {
  const char* name;
  std::string block;
  std::uint32_t size;
  std::size_t events;
};

std::vector<Limited> limited_blocks() {
  const std::string x(300, 'x');
  return {{"data", "data: " + x + "\n\n", 300, 1},
          {"lines of data", "data: " + x + "\ndata\ndata: " + x + "\n\n", 602, 1},
          {"type", "data\nevent: " + x + "\n\n", 300, 1},
          {"ID", "data\nid: " + x + "\n\n", 300, 1},
          {"ID without data", "id: " + x + "\n\n", 300, 0},
          {"all of them", "id: " + x + "\ndata: " + x + "\nevent: " + x + "\n\n", 900, 1},
          {"one byte", "data:x\n\n", 1, 1}};
}

// Values count, and what surrounds them does not.
TEST(EventStreamParser, HoldsTheSumOfAnEventsPartsToItsLimitHoweverItIsCut) {
  for (const Limited& limited : limited_blocks()) {
    for (const std::size_t step : {1U, 7U, 250U, 10000U}) {
      for (const bool fits : {true, false}) {
        StreamReader reader(fits ? limited.size : limited.size - 1);
        for (std::size_t at = 0; at < limited.block.size(); at += step) {
          if (reader.failure() == FeedStatus::kDone) {
            reader.read(std::string_view(limited.block).substr(at, step));
          }
        }
        EXPECT_EQ(reader.failure(), fits ? FeedStatus::kDone : FeedStatus::kTooLarge)
            << limited.name << " by " << step;
        EXPECT_EQ(reader.events().size(), fits ? limited.events : 0) << limited.name;
      }
    }
  }
}

TEST(EventStreamParser, GivesTheEventsBeforeOneThatIsTooLargeAndNoneBehindIt) {
  StreamReader reader(3);
  reader.read("data: 1\n\ndata: 22\nid: 7\n\nevent: long\ndata: 3\n\ndata: 4\n\n");
  EXPECT_EQ(reader.failure(), FeedStatus::kTooLarge);
  EXPECT_EQ(reader.events(), (std::vector<Event>{{"message", "1", ""}, {"message", "22", "7"}}));
}

// What an open line holds counts beside the rest: here the ID that is kept, and the one that may
// take its place.
TEST(EventStreamParser, CountsTheValuesOfUnfinishedLines) {
  for (const char* const field : {"data: ", "event: ", "id: ", "retry: "}) {
    StreamReader reader(1000);
    reader.read("id: " + std::string(400, 'i') + "\ndata: " + std::string(400, 'd') + "\n");
    reader.read(field + std::string(100, '1'));
    EXPECT_EQ(reader.failure(), FeedStatus::kDone) << field;
    reader.read(std::string(101, '1'));
    EXPECT_EQ(reader.failure(), FeedStatus::kTooLarge) << field;
  }
  StreamReader reader(10);
  reader.read(": " + std::string(1000, 'c'));
  reader.read(std::string(1000, 'c') + "\nunknown: " + std::string(1000, 'u') + "\ndata: 1\n\n");
  EXPECT_EQ(reader.events().size(), 1U);
}

// Nobody has more than twice what its limit is, whatever it sends: of several buffers each doubles.
TEST(EventStreamParser, HoldsLessMemoryThanTwiceItsLimitBetweenTwoSlices) {
  constexpr std::uint32_t kLimit = 1000000;
  const std::string piece(10000, 'x');
  for (const std::uint32_t share : {10U, 26U, 34U, 51U, 66U}) {
    for (const char* const last : {"id: ", "retry: ", "data: "}) {
      StreamReader reader(kLimit);
      const std::size_t before = memory_held();
      std::size_t most = 0;
      for (const char* const field : {"event: ", "id: ", "data: ", last}) {
        reader.read(field);
        for (std::uint32_t i = 0; i < share && reader.failure() == FeedStatus::kDone; ++i) {
          reader.read(piece);
          most = std::max(most, memory_held() - before);
        }
        if (reader.failure() == FeedStatus::kDone) {
          reader.read("\n");
        }
      }
      EXPECT_LT(most, 2 * kLimit) << share << last;
      EXPECT_GT(most, kLimit / 4);
    }
  }
}

}  // namespace
}  // namespace eventsource
