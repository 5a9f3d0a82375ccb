// Finds the ends of lines: U+000D and U+000A, 64 bytes at a time where the target has SIMD.
#ifndef EVENTSOURCE_LINE_SCANNER_H_
#define EVENTSOURCE_LINE_SCANNER_H_

#include <cstdint>

#ifdef __wasm_simd128__
#include <wasm_simd128.h>
#endif

namespace eventsource {

class LineScanner {
 public:
#ifdef __wasm_simd128__
  LineScanner(const std::uint8_t* begin, const std::uint8_t* end)
      : end_(end), block_(begin), ends_(line_ends(begin)) {}
#else
  LineScanner(const std::uint8_t* /*begin*/, const std::uint8_t* end) : end_(end) {}
#endif

  // The first line end at or after `from`, or the end of the chunk. Calls move forward only.
  [[gnu::always_inline]] const std::uint8_t* find(const std::uint8_t* from) {
#ifdef __wasm_simd128__
    for (;;) {
      const auto offset = static_cast<std::uint32_t>(from - block_);
      if (offset < kBlock) {
        const std::uint64_t ahead = ends_ >> offset;
        if (ahead != 0) {
          const std::uint8_t* const found = from + __builtin_ctzll(ahead);
          return found < end_ ? found : end_;
        }
        from = block_ + kBlock;
      }
      // Beyond the block already (behind a CRLF that straddled its end): `from` stays where it is.
      if (from >= end_) {
        return end_;
      }
      block_ += kBlock;
      ends_ = line_ends(block_);
    }
#else
    while (from != end_ && *from != '\n' && *from != '\r') {
      ++from;
    }
    return from;
#endif
  }

 private:
  const std::uint8_t* end_;

#ifdef __wasm_simd128__
  static constexpr std::uint32_t kBlock = 64;

  // One bit a byte of the block: is it a line end? Reads past the chunk's end, into the slack.
  [[gnu::noinline]] static std::uint64_t line_ends(const std::uint8_t* block) {
    std::uint64_t ends = 0;
    for (std::uint32_t part = 0; part < kBlock; part += 16) {
      const v128_t bytes = wasm_v128_load(block + part);
      const v128_t found = wasm_v128_or(wasm_i8x16_eq(bytes, wasm_i8x16_const_splat('\n')),
                                        wasm_i8x16_eq(bytes, wasm_i8x16_const_splat('\r')));
      ends |= static_cast<std::uint64_t>(wasm_i8x16_bitmask(found)) << part;
    }
    return ends;
  }

  const std::uint8_t* block_;
  std::uint64_t ends_;
#endif
};

}  // namespace eventsource

#endif  // EVENTSOURCE_LINE_SCANNER_H_
