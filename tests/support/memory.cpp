// The memory of the native programs: malloc, so that the sanitizers see every block.
#include "memory.h"

#include <cstdlib>

#include "failing_memory.h"

namespace eventsource {

std::uint32_t memory_limit = 0;

std::uint8_t* allocate_block(std::uint32_t bytes) {
  if (memory_limit != 0 && bytes > memory_limit) {
    return nullptr;
  }
  return static_cast<std::uint8_t*>(std::malloc(bytes));
}

void release_block(std::uint8_t* block, std::uint32_t /*bytes*/) {
  std::free(block);
}

bool extend_block(std::uint8_t* /*block*/, std::uint32_t /*bytes*/, std::uint32_t /*new_bytes*/) {
  return false;
}

}  // namespace eventsource
