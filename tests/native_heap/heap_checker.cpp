#include "heap_checker.h"

#include <set>

#include "../../wasm/heap.h"
#include "memory.h"

namespace eventsource {

namespace {

// Behind the head.
std::size_t size_of(const Block* block) {
  return static_cast<std::size_t>(reinterpret_cast<const std::uint8_t*>(block->above) -
                                  reinterpret_cast<const std::uint8_t*>(block + 1));
}

}  // namespace

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
  const auto* const lowest = reinterpret_cast<const Block*>(heap_begin());
  const Block* below = lowest;
  for (const Block* block = lowest; block != heap.top && count.mistake.empty();
       block = block->above) {
    if (block > heap.top) {
      wrong("the last block does not end at the top");
      break;
    }
    if (block->below != below) {
      wrong("a block does not know its neighbour below");
    }
    const std::size_t bytes = size_of(block);
    if (bytes < kMinBlockBytes || bytes % 16 != 0) {
      wrong("a block is too small, or the next one not aligned");
    }
    if (block->link == nullptr) {
      ++count.used_blocks;
      count.used_bytes += bytes;
    } else {
      free_blocks.insert(block);
      if (below->link != nullptr && below != block) {
        wrong("two free blocks are neighbours");
      }
    }
    below = block;
  }
  if (heap.top->below != below || heap.top->link != nullptr) {
    wrong("the top does not know its neighbour, or looks free");
  }
  if (below->link != nullptr) {
    wrong("a free block lies below the top");
  }
  for (std::uint32_t i = 0; i < 32; ++i) {
    if (heap.lists[i] != nullptr && (heap.filled >> i & 1) == 0) {
      wrong("a list is not known to be filled");
    }
    Block* const* link = &heap.lists[i];
    for (; *link != nullptr && count.mistake.empty(); link = &(*link)->next) {
      ++count.free_blocks;
      if ((*link)->link != link) {
        wrong("a free block does not know what points at it");
      }
      if (size_of(*link) >> (31 - i) != 1) {
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
  count.bytes = static_cast<std::size_t>(reinterpret_cast<std::uint8_t*>(heap.top) - heap_begin());
  return count;
}

}  // namespace eventsource
