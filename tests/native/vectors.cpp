#include "vectors.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

namespace eventsource {
namespace {

using nlohmann::json;

std::string from_hex(const std::string& hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  }
  return bytes;
}

std::string text_of(const json& text) {
  if (text.is_string()) {
    return text.get<std::string>();
  }
  std::string bytes;
  for (const json& part : text) {
    if (part.is_string()) {
      bytes += part.get<std::string>();
    } else if (part.contains("hex")) {
      bytes += from_hex(part.at("hex").get<std::string>());
    } else {
      const auto repeated = part.at("repeat").get<std::string>();
      for (int i = part.at("times").get<int>(); i > 0; --i) {
        bytes += repeated;
      }
    }
  }
  return bytes;
}

Vector vector_of(const std::string& topic, const json& entry) {
  const json& expected = entry.at("expected");
  Vector vector;
  vector.topic = topic;
  vector.name = entry.at("name").get<std::string>();
  vector.input = text_of(entry.at("input"));
  vector.last_event_id = text_of(expected.at("lastEventId"));
  if (!expected.at("reconnectionTime").is_null()) {
    vector.reconnection_time = expected.at("reconnectionTime").get<std::uint32_t>();
  }
  for (const json& event : expected.at("events")) {
    vector.events.insert(
        vector.events.end(), event.value("times", 1),
        {text_of(event.at("type")), text_of(event.at("data")), text_of(event.at("lastEventId"))});
  }
  return vector;
}

}  // namespace

std::vector<Vector> load_vectors() {
  std::vector<Vector> vectors;
  for (const auto& entry : std::filesystem::directory_iterator(EVENTSOURCE_VECTORS_DIR)) {
    if (entry.path().extension() != ".json") {
      continue;
    }
    std::ifstream file(entry.path());
    const json document = json::parse(file);
    for (const json& vector : document.at("cases")) {
      vectors.push_back(vector_of(document.at("topic").get<std::string>(), vector));
    }
  }
  std::sort(vectors.begin(), vectors.end(), [](const Vector& left, const Vector& right) {
    return std::pair(left.topic, left.name) < std::pair(right.topic, right.name);
  });
  return vectors;
}

}  // namespace eventsource
