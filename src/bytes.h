// Spans of bytes and what is done with them everywhere. Functions take the two pointers rather than
// a Bytes, which the WebAssembly calling convention would pass through memory.
#ifndef EVENTSOURCE_BYTES_H_
#define EVENTSOURCE_BYTES_H_

#include <cstdint>

#ifdef __wasm_simd128__
#include <wasm_simd128.h>
#endif

namespace eventsource {

struct Bytes {
  const std::uint8_t* begin;
  const std::uint8_t* end;
};

[[gnu::always_inline]] inline void copy_bytes(std::uint8_t* to, const std::uint8_t* from,
                                              std::uint32_t count) {
  // A null pointer with a count of zero is fine here, but not for memcpy.
  if (count != 0) {
    __builtin_memcpy(to, from, count);
  }
}

// Whether there is a U+0000. In the WebAssembly build, up to kSlackBytes behind are read and not
// used.
[[gnu::always_inline]] inline bool contains_null(const std::uint8_t* begin,
                                                 const std::uint8_t* end) {
#ifdef __wasm_simd128__
  for (const std::uint8_t* at = begin; at < end; at += 16) {
    const std::uint32_t nulls =
        wasm_i8x16_bitmask(wasm_i8x16_eq(wasm_v128_load(at), wasm_i8x16_const_splat(0)));
    if (nulls != 0 && at + __builtin_ctz(nulls) < end) {
      return true;
    }
  }
#else
  for (const std::uint8_t* at = begin; at != end; ++at) {
    if (*at == 0) {
      return true;
    }
  }
#endif
  return false;
}

// For what is mostly a few bytes long. In the WebAssembly build whole blocks are moved: up to
// kShortCopyBytes behind both places are touched (read there and not used, written there and lost).
inline constexpr std::uint32_t kShortCopyBytes = 16;

[[gnu::always_inline]] inline void copy_short(std::uint8_t* to, const std::uint8_t* from,
                                              std::uint32_t count) {
#ifdef __wasm_simd128__
  for (std::uint32_t done = 0; done < count; done += kShortCopyBytes) {
    wasm_v128_store(to + done, wasm_v128_load(from + done));
  }
#elif defined(EVENTSOURCE_SCALAR)
  // A call costs more than these bytes do, and wasm2js makes a call of every memcpy.
  for (std::uint32_t done = 0; done < count; ++done) {
    to[done] = from[done];
  }
#else
  copy_bytes(to, from, count);
#endif
}

}  // namespace eventsource

#endif  // EVENTSOURCE_BYTES_H_
