// What the vectors cannot say: several streams, the limits of one call, and memory running out.
#include "event_stream_parser.h"

#include <gtest/gtest.h>

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

TEST(EventStreamParser, SaysThatAnEventIsTooLargeAfterWhatCameBefore) {
  StreamReader reader;
  reader.read("data: before\n\ndata: begun");
  memory_limit = 1024;
  reader.read(std::string(kStagingBytes, 'x'));
  memory_limit = 0;
  EXPECT_TRUE(reader.too_large());
  ASSERT_EQ(reader.events().size(), 1U);
  EXPECT_EQ(reader.events()[0].data, "before");
}

TEST(EventStreamParser, RefusesAnEventOfMoreThanItsLimit) {
  StreamReader reader;
  const std::string slice(kStagingBytes, 'x');
  reader.read("data: ");
  for (std::uint32_t fed = 0; fed < kMaxEventBytes && !reader.too_large(); fed += kStagingBytes) {
    reader.read(slice);
  }
  EXPECT_FALSE(reader.too_large());
  reader.read("x");
  EXPECT_TRUE(reader.too_large());
  EXPECT_TRUE(reader.events().empty());
}

}  // namespace
}  // namespace eventsource
