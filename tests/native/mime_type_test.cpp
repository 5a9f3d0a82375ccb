// Design rule 6. https://mimesniff.spec.whatwg.org/#parsing-a-mime-type and
// https://fetch.spec.whatwg.org/#concept-header-extract-mime-type
#include "mime_type.h"

#include <gtest/gtest.h>

#include <string_view>

namespace eventsource {
namespace {

bool accepts(std::string_view content_type) {
  const auto* const begin = reinterpret_cast<const std::uint8_t*>(content_type.data());
  return is_event_stream(begin, begin + content_type.size());
}

TEST(MimeType, TakesTheEssenceInAnyCaseAndWhateverTheParametersAre) {
  for (const std::string_view content_type :
       {"text/event-stream", "TEXT/Event-Stream", "text/event-stream;", "text/event-stream; ",
        "text/event-stream;charset=utf-8", "text/event-stream; charset=windows-1252",
        "text/event-stream ;charset=UTF-8", "\t text/event-stream\r\n", "text/event-stream;;;",
        "text/event-stream;a", "text/event-stream; \"", "text/event-stream; a=\"b,c\"",
        "text/event-stream; a=\"\\\",\"; b"}) {
    EXPECT_TRUE(accepts(content_type)) << content_type;
  }
}

TEST(MimeType, RefusesEveryOtherType) {
  for (const std::string_view content_type : {"",
                                              " ",
                                              "text",
                                              "text/",
                                              "/event-stream",
                                              "text/plain",
                                              "text/event-strea",
                                              "text/event-streams",
                                              "text/event-stream-x",
                                              "x-text/event-stream",
                                              "text /event-stream",
                                              "text/ event-stream",
                                              "text/event stream",
                                              "text/event-stream x",
                                              "text//event-stream",
                                              "text/event-stream/x",
                                              "text/event_stream",
                                              "application/json",
                                              "text/event-stream\"",
                                              "\"text/event-stream\"",
                                              "text\\event-stream",
                                              ";text/event-stream",
                                              "text/event-stream\x80",
                                              "text\x0E-event-stream",
                                              "text/event\x0Dstream"}) {
    EXPECT_FALSE(accepts(content_type)) << content_type;
  }
}

TEST(MimeType, TakesTheLastValidTypeOfAList) {
  EXPECT_TRUE(accepts("text/plain, text/event-stream"));
  EXPECT_FALSE(accepts("text/event-stream, text/plain"));
  EXPECT_TRUE(accepts("text/event-stream,"));
  EXPECT_TRUE(accepts(",text/event-stream"));
  EXPECT_TRUE(accepts("text/event-stream, nonsense"));
  EXPECT_TRUE(accepts("text/event-stream, a/b/c"));
  EXPECT_TRUE(accepts("text/event-stream, */*"));
  EXPECT_FALSE(accepts("text/event-stream, */a"));
  EXPECT_FALSE(accepts("*/*"));
  EXPECT_TRUE(accepts("text/plain; a=\", text/html\", text/event-stream"));
  EXPECT_FALSE(accepts("text/plain; a=\", text/event-stream"));
  EXPECT_FALSE(accepts("text/event-stream, text/plain; a=\", text/event-stream"));
}

}  // namespace
}  // namespace eventsource
