#include "byte_buffer.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "failing_memory.h"

namespace eventsource {
namespace {

bool append(ByteBuffer& buffer, std::string_view text) {
  const auto* const begin = reinterpret_cast<const std::uint8_t*>(text.data());
  return buffer.append(begin, begin + text.size());
}

std::string content(const ByteBuffer& buffer) {
  return {buffer.begin(), buffer.end()};
}

TEST(ByteBuffer, KeepsWhatIsAppendedWhileItGrows) {
  ByteBuffer buffer;
  std::string expected;
  for (int i = 0; i < 1000; ++i) {
    const std::string part(static_cast<std::size_t>(i % 7), static_cast<char>('a' + i % 26));
    ASSERT_TRUE(append(buffer, part));
    expected += part;
  }
  EXPECT_EQ(content(buffer), expected);
}

TEST(ByteBuffer, IsEmptyAfterReleaseAndCanBeUsedAgain) {
  ByteBuffer buffer;
  ASSERT_TRUE(append(buffer, "before"));
  buffer.release();
  EXPECT_EQ(buffer.size(), 0U);
  ASSERT_TRUE(append(buffer, "after"));
  EXPECT_EQ(content(buffer), "after");
}

TEST(ByteBuffer, TakesWhatAnotherHoldsWithoutCopyingIt) {
  ByteBuffer from;
  ByteBuffer to;
  ASSERT_TRUE(append(from, "taken"));
  ASSERT_TRUE(append(to, "dropped"));
  const std::uint8_t* const place = from.begin();
  to.take(from);
  EXPECT_EQ(to.begin(), place);
  EXPECT_EQ(content(to), "taken");
  EXPECT_EQ(from.begin(), nullptr);
  EXPECT_EQ(from.size(), 0U);
  ASSERT_TRUE(append(from, "new"));
  EXPECT_EQ(content(to), "taken");
}

TEST(ByteBuffer, KeepsItsContentWhenThereIsNoMoreMemory) {
  ByteBuffer buffer;
  ASSERT_TRUE(append(buffer, "kept"));
  memory_limit = 64;
  EXPECT_FALSE(append(buffer, std::string(100, 'x')));
  memory_limit = 0;
  EXPECT_EQ(content(buffer), "kept");
}

}  // namespace
}  // namespace eventsource
