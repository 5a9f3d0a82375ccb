// Every call takes a bounded number of steps, however many blocks there are.
#include "heap.h"

#include "../src/event_record.h"
#include "../src/memory.h"

namespace eventsource {

Heap heap;

namespace {

// The head of the unused rest, and what SIMD code reads behind a block.
constexpr std::uint32_t kGuardBytes = sizeof(Block) + kSlackBytes;

std::uint8_t* bytes_of(Block* block) {
  return reinterpret_cast<std::uint8_t*>(block + 1);
}

Block* head_of(std::uint8_t* bytes) {
  return reinterpret_cast<Block*>(bytes) - 1;
}

Block* block_behind(Block* block, std::uint32_t bytes) {
  return reinterpret_cast<Block*>(bytes_of(block) + bytes);
}

Block* above(Block* block) {
  return block_behind(block, block->bytes);
}

std::uint32_t list_of(std::uint32_t bytes) {
  return 31 - static_cast<std::uint32_t>(__builtin_clz(bytes));
}

void unlist(Block* block) {
  *block->link = block->next;
  if (block->next != nullptr) {
    block->next->link = block->link;
  }
  block->link = nullptr;
}

// Adds the free neighbour above to the block.
void absorb(Block* block, Block* neighbour) {
  unlist(neighbour);
  block->bytes += sizeof(Block) + neighbour->bytes;
}

void release(Block* block) {
  if (Block* const neighbour = above(block); neighbour->link != nullptr) {
    absorb(block, neighbour);
  }
  if (Block* const below = block->below; below != nullptr && below->link != nullptr) {
    unlist(below);
    below->bytes += sizeof(Block) + block->bytes;
    block = below;
  }
  Block* const next = above(block);
  if (next == heap.top) {
    heap.top = block;
    return;
  }
  next->below = block;
  Block** const list = &heap.free[list_of(block->bytes)];
  block->next = *list;
  block->link = list;
  if (*list != nullptr) {
    (*list)->link = &block->next;
  }
  *list = block;
}

// Releases what the block, whose neighbour above is in use, has more than `bytes`.
void trim(Block* block, std::uint32_t bytes) {
  const std::uint32_t rest = block->bytes - bytes;
  if (rest >= sizeof(Block) + kMinBlockBytes) {
    block->bytes = bytes;
    Block* const tail = above(block);
    tail->below = block;
    tail->bytes = rest - static_cast<std::uint32_t>(sizeof(Block));
    tail->link = nullptr;
    release(tail);
  } else {
    above(block)->below = block;
  }
}

// Makes the highest block `bytes` long: the top comes to lie behind it.
bool raise_top(Block* highest, std::uint32_t bytes) {
  Block* const end = block_behind(highest, bytes);
  const std::uint32_t room = bytes > kSmallBytes ? kReserveBytes : kGuardBytes;
  if (!provide_memory(reinterpret_cast<std::uint8_t*>(end) + room)) {
    return false;
  }
  highest->bytes = bytes;
  end->below = highest;
  end->link = nullptr;
  heap.top = end;
  return true;
}

}  // namespace

std::uint8_t* allocate_block(std::uint32_t bytes) {
  for (std::uint32_t i = list_of(bytes); i < kFreeLists; ++i) {
    if (Block* const block = heap.free[i]; block != nullptr) {
      unlist(block);
      trim(block, bytes);
      return bytes_of(block);
    }
  }
  if (heap.top == nullptr) {
    heap.top = reinterpret_cast<Block*>(heap_begin());
  }
  Block* const block = heap.top;
  return raise_top(block, bytes) ? bytes_of(block) : nullptr;
}

void release_block(std::uint8_t* block) {
  release(head_of(block));
}

bool extend_block(std::uint8_t* bytes, std::uint32_t new_bytes) {
  Block* const block = head_of(bytes);
  Block* const neighbour = above(block);
  if (neighbour == heap.top) {
    return raise_top(block, new_bytes);
  }
  if (neighbour->link == nullptr || block->bytes + sizeof(Block) + neighbour->bytes < new_bytes) {
    return false;
  }
  absorb(block, neighbour);
  trim(block, new_bytes);
  return true;
}

}  // namespace eventsource
