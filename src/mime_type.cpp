#include "mime_type.h"

namespace eventsource {
namespace {

// https://mimesniff.spec.whatwg.org/#http-token-code-point, one bit each.
struct TokenCodePoints {
  std::uint32_t bits[4] = {};

  consteval TokenCodePoints() {
    for (const char* at =
             "!#$%&'*+-.^_`|~0123456789"
             "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
         *at != '\0'; ++at) {
      bits[*at / 32] |= 1U << (*at % 32);
    }
  }

  [[nodiscard]] bool contain(std::uint32_t byte) const {
    return byte < 0x80 && (bits[byte / 32] >> (byte % 32) & 1) != 0;
  }
};

constexpr TokenCodePoints kTokenCodePoints;

constexpr char kEventStream[] = "text/event-stream";
constexpr std::uint32_t kEventStreamSize = sizeof kEventStream - 1;

// The last three bytes of an essence, packed, when there are no more than these: */*
constexpr std::uint32_t kAnyType = 0x2A2F2A;

bool is_http_whitespace(std::uint32_t byte) {
  return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

}  // namespace

bool is_event_stream(const std::uint8_t* content_type, const std::uint8_t* end) {
  bool result = false;
  while (content_type <= end) {
    // One value of the list: https://fetch.spec.whatwg.org/#header-value-get-decode-and-split. It
    // is parsed as in https://mimesniff.spec.whatwg.org/#parse-a-mime-type up to the parameters,
    // which cannot make that fail.
    bool valid = true;
    bool matches = true;
    bool quoted = false;
    bool in_parameters = false;
    bool in_subtype = false;
    bool after_whitespace = false;
    std::uint32_t size = 0;        // of the essence so far
    std::uint32_t token_size = 0;  // of the type, then of the subtype
    std::uint32_t last_bytes = 0;
    for (; content_type != end && (quoted || *content_type != ','); ++content_type) {
      const std::uint32_t byte = *content_type;
      if (byte == '"') {
        quoted = !quoted;
      } else if (quoted && byte == '\\' && content_type + 1 != end) {
        ++content_type;
      }
      if (byte == ';') {
        in_parameters = true;
      }
      if (in_parameters) {
        continue;
      }
      if (is_http_whitespace(byte)) {
        // Stripped at both ends, and not allowed in between.
        after_whitespace = size != 0;
        continue;
      }
      const bool slash = byte == '/' && !in_subtype;
      valid =
          valid && !after_whitespace && (slash ? token_size != 0 : kTokenCodePoints.contain(byte));
      in_subtype = in_subtype || slash;
      token_size = slash ? 0 : token_size + 1;
      // Only letters have a case; `-` and `/` already have this bit set.
      matches = matches && size < kEventStreamSize &&
                (byte | 0x20) == static_cast<std::uint8_t>(kEventStream[size]);
      last_bytes = last_bytes << 8 | byte;
      ++size;
    }
    // Of several valid types the last one counts, and "any type" says nothing.
    if (valid && in_subtype && token_size != 0 && last_bytes != kAnyType) {
      result = matches && size == kEventStreamSize;
    }
    ++content_type;  // the comma
  }
  return result;
}

}  // namespace eventsource
