// The memory that the core asks its host for. The WebAssembly module implements these in
// wasm/heap.cpp, the native tests with malloc: the core itself has no allocator.
#ifndef EVENTSOURCE_MEMORY_H_
#define EVENTSOURCE_MEMORY_H_

#include <cstdint>

namespace eventsource {

// The smallest block; every block's size is a power of two from here on.
inline constexpr std::uint32_t kMinBlockBytes = 64;

// A block of `bytes` bytes, aligned to 16, or nullptr when there is no more memory.
// Behind it, kSlackBytes may be read, but not written to.
std::uint8_t* allocate_block(std::uint32_t bytes);

void release_block(std::uint8_t* block);

// Tries to lengthen the block where it stands; false leaves it untouched.
bool extend_block(std::uint8_t* block, std::uint32_t new_bytes);

}  // namespace eventsource

#endif  // EVENTSOURCE_MEMORY_H_
