#include "heap_checker.h"

#include <set>

#include "../../wasm/heap.h"
#include "memory.h"

namespace eventsource {

HeapCount check_heap() {
  HeapCount count;
  if (heap.top == nullptr) {
    return count;
  }
  const auto wrong = [&count](const char* what) {
    if (count.mistake.empty()) {
      count.mistake = what;
    }
  };
  std::set<const Block*> free_blocks;
  const Block* below = nullptr;
  std::uint8_t* at = heap_begin();
  auto* const end = reinterpret_cast<std::uint8_t*>(heap.top);
  while (at < end && count.mistake.empty()) {
    const auto* const block = reinterpret_cast<const Block*>(at);
    if (block->below != below) {
      wrong("a block does not know its neighbour below");
    }
    if (block->bytes < kMinBlockBytes || block->bytes % 16 != 0) {
      wrong("a block is too small, or the next one not aligned");
    }
    if (block->link == nullptr) {
      ++count.used_blocks;
      count.used_bytes += block->bytes;
    } else {
      free_blocks.insert(block);
      if (below != nullptr && below->link != nullptr) {
        wrong("two free blocks are neighbours");
      }
    }
    below = block;
    at += sizeof(Block) + block->bytes;
  }
  if (at != end) {
    wrong("the last block does not end at the top");
  }
  if (heap.top->below != below || heap.top->link != nullptr) {
    wrong("the top does not know its neighbour, or looks free");
  }
  if (below != nullptr && below->link != nullptr) {
    wrong("a free block lies below the top");
  }
  for (std::uint32_t i = 0; i < kFreeLists; ++i) {
    Block* const* link = &heap.free[i];
    for (; *link != nullptr && count.mistake.empty(); link = &(*link)->next) {
      ++count.free_blocks;
      if ((*link)->link != link) {
        wrong("a free block does not know what points at it");
      }
      if ((*link)->bytes >> i != 1) {
        wrong("a free block is in the list of another size");
      }
      if (free_blocks.count(*link) == 0) {
        wrong("a list has a block that is not free, or none at all");
      }
    }
  }
  if (count.free_blocks != free_blocks.size()) {
    wrong("a free block is in no list, or in two");
  }
  count.bytes = static_cast<std::size_t>(end - heap_begin());
  return count;
}

}  // namespace eventsource
