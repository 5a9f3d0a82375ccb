// Every vector, whole and cut: https://html.spec.whatwg.org/multipage/server-sent-events.html
#include "vectors.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>

namespace eventsource {
namespace {

class Vectors : public testing::TestWithParam<Vector> {};

// Cuts the stream at the given places, in ascending order.
void expect_events(const Vector& vector, const std::vector<std::size_t>& cuts) {
  StreamReader reader;
  std::string_view rest = vector.input;
  std::size_t begin = 0;
  for (const std::size_t cut : cuts) {
    reader.read(rest.substr(0, cut - begin));
    rest.remove_prefix(cut - begin);
    begin = cut;
  }
  reader.read(rest);
  // Comparing first keeps the message short where events are large.
  if (reader.events() == vector.events && reader.last_event_id() == vector.last_event_id &&
      reader.reconnection_time() == vector.reconnection_time) {
    return;
  }
  ADD_FAILURE() << vector.name << ", cut at " << testing::PrintToString(cuts);
  ASSERT_EQ(reader.events().size(), vector.events.size());
  for (std::size_t i = 0; i < vector.events.size(); ++i) {
    EXPECT_EQ(reader.events()[i].type, vector.events[i].type);
    EXPECT_EQ(reader.events()[i].data, vector.events[i].data);
    EXPECT_EQ(reader.events()[i].last_event_id, vector.events[i].last_event_id);
  }
  EXPECT_EQ(reader.last_event_id(), vector.last_event_id);
  EXPECT_EQ(reader.reconnection_time(), vector.reconnection_time);
}

std::vector<std::size_t> every(std::size_t bytes, std::size_t size) {
  std::vector<std::size_t> cuts;
  for (std::size_t cut = bytes; cut < size; cut += bytes) {
    cuts.push_back(cut);
  }
  return cuts;
}

TEST_P(Vectors, HoldsWholeAndCut) {
  const Vector& vector = GetParam();
  const std::size_t size = vector.input.size();
  expect_events(vector, {});
  for (const std::size_t bytes : {1, 2, 3, 7, 15, 16, 17, 63, 64, 65, 1000, 65535, 65536, 65537}) {
    if (bytes < size) {
      expect_events(vector, every(bytes, size));
    }
  }
  if (size <= 4096) {
    for (std::size_t cut = 0; cut <= size; ++cut) {
      expect_events(vector, {cut});
    }
  }
  if (size <= 64) {
    for (std::size_t first = 0; first <= size; ++first) {
      for (std::size_t second = first; second <= size; ++second) {
        expect_events(vector, {first, second});
      }
    }
  }
}

std::string test_name(const testing::TestParamInfo<Vector>& info) {
  std::string name = info.param.topic + "_" + info.param.name;
  std::replace_if(
      name.begin(), name.end(),
      [](unsigned char character) { return std::isalnum(character) == 0; }, '_');
  return std::to_string(info.index) + "_" + name.substr(0, 80);
}

INSTANTIATE_TEST_SUITE_P(EventStream, Vectors, testing::ValuesIn(load_vectors()), test_name);

}  // namespace
}  // namespace eventsource
