// The memory of the native programs: malloc, so that the sanitizers see every block.
#include "memory.h"

#include <cstdlib>
#include <unordered_map>

#include "failing_memory.h"

namespace eventsource {

std::uint32_t memory_limit = 0;

namespace {

std::unordered_map<std::uint8_t*, std::uint32_t> blocks;
std::size_t held = 0;

}  // namespace

std::size_t memory_held() {
  return held;
}

std::uint8_t* allocate_block(std::uint32_t bytes) {
  if (memory_limit != 0 && bytes > memory_limit) {
    return nullptr;
  }
  auto* const block = static_cast<std::uint8_t*>(std::malloc(bytes));
  if (block != nullptr) {
    blocks[block] = bytes;
    held += bytes;
  }
  return block;
}

void release_block(std::uint8_t* block) {
  held -= blocks[block];
  blocks.erase(block);
  std::free(block);
}

bool extend_block(std::uint8_t* /*block*/, std::uint32_t /*new_bytes*/) {
  return false;
}

}  // namespace eventsource
