// Blocks are powers of two from 64 bytes on, their owners remember the size: no headers. A free
// block waits in the list of its size; the highest block of all gives its memory back to the unused
// rest, and grows in place, so that one giant event neither copies itself nor splits the heap.
#include "heap.h"

#include "../src/memory.h"

namespace eventsource {
namespace {

struct FreeBlock {
  FreeBlock* next;
};

constexpr std::uint32_t kSizes = 32;
// SIMD code reads and writes a little behind a block.
constexpr std::uint32_t kGuardBytes = 64;

FreeBlock* free_blocks[kSizes];
std::uint8_t* top;  // everything from here on was never used, or is unused again

std::uint32_t size_index(std::uint32_t bytes) {
  return static_cast<std::uint32_t>(__builtin_ctz(bytes));
}

bool raise_top(std::uint8_t* to) {
  if (!provide_memory(to + kGuardBytes)) {
    return false;
  }
  top = to;
  return true;
}

}  // namespace

std::uint8_t* allocate_block(std::uint32_t bytes) {
  FreeBlock*& list = free_blocks[size_index(bytes)];
  if (list != nullptr) {
    auto* const block = reinterpret_cast<std::uint8_t*>(list);
    list = list->next;
    return block;
  }
  if (top == nullptr) {
    top = heap_begin();
  }
  std::uint8_t* const block = top;
  return raise_top(block + bytes) ? block : nullptr;
}

void release_block(std::uint8_t* block, std::uint32_t bytes) {
  if (block + bytes == top) {
    top = block;
    return;
  }
  auto* const freed = reinterpret_cast<FreeBlock*>(block);
  FreeBlock*& list = free_blocks[size_index(bytes)];
  freed->next = list;
  list = freed;
}

bool extend_block(std::uint8_t* block, std::uint32_t bytes, std::uint32_t new_bytes) {
  return block + bytes == top && raise_top(block + new_bytes);
}

}  // namespace eventsource
