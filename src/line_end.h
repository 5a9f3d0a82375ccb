// Finds the ends of lines: U+000D and U+000A, 16 bytes at a time where the target has SIMD.
#ifndef EVENTSOURCE_LINE_END_H_
#define EVENTSOURCE_LINE_END_H_

#include <cstdint>

#ifdef __wasm_simd128__
#include <wasm_simd128.h>
#endif

namespace eventsource {

// The first line end at or after `from`, or the end of the chunk. Reads up to kSlackBytes behind
// it.
//
// Each search begins where its line does: blocks that lines share would have to be kept between
// searches, and where they end within a line is what branch prediction cannot learn
// (docs/decisions/0021-lines-begin-their-own-block.md).
[[gnu::always_inline]] inline const std::uint8_t* find_line_end(const std::uint8_t* from,
                                                                const std::uint8_t* end) {
#ifdef __wasm_simd128__
  constexpr std::uint32_t kBlock = 16;
  for (; from < end; from += kBlock) {
    const v128_t bytes = wasm_v128_load(from);
    const std::uint32_t ends =
        wasm_i8x16_bitmask(wasm_v128_or(wasm_i8x16_eq(bytes, wasm_i8x16_const_splat('\n')),
                                        wasm_i8x16_eq(bytes, wasm_i8x16_const_splat('\r'))));
    if (ends != 0) {
      from += __builtin_ctz(ends);
      break;
    }
  }
  return from < end ? from : end;
#else
  while (from != end && *from != '\n' && *from != '\r') {
    ++from;
  }
  return from;
#endif
}

}  // namespace eventsource

#endif  // EVENTSOURCE_LINE_END_H_
