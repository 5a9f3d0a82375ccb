// Every call takes a bounded number of steps, however many blocks there are.
#include "heap.h"

#include "../src/event_record.h"
#include "../src/memory.h"

namespace eventsource {

constinit Heap heap = {};

namespace {

// The head of the unused rest, and what SIMD code reads behind a block.
constexpr std::uint32_t kGuardBytes = sizeof(Block) + kSlackBytes;

std::uint8_t* bytes_of(Block* block) {
  return reinterpret_cast<std::uint8_t*>(block + 1);
}

Block* head_of(std::uint8_t* bytes) {
  return reinterpret_cast<Block*>(bytes) - 1;
}

// What would be above the block if it had so many bytes.
Block* end_of(Block* block, std::uint32_t bytes) {
  return reinterpret_cast<Block*>(bytes_of(block) + bytes);
}

std::uint32_t list_of(std::uint32_t bytes) {
  return static_cast<std::uint32_t>(__builtin_clz(bytes));
}

void unlist(Block* block) {
  *block->link = block->next;
  if (block->next != nullptr) {
    block->next->link = block->link;
  }
  block->link = nullptr;
}

void release(Block* block) {
  if (block->above->link != nullptr) {
    unlist(block->above);
    block->above = block->above->above;
  }
  if (block->below->link != nullptr) {
    unlist(block->below);
    block->below->above = block->above;
    block = block->below;
  }
  Block* const above = block->above;
  above->below = block;
  if (above == heap.top) {
    heap.top = block;
    return;
  }
  const auto bytes = reinterpret_cast<std::uint8_t*>(above) - bytes_of(block);
  const std::uint32_t number = list_of(static_cast<std::uint32_t>(bytes));
  heap.filled |= 1U << number;
  Block** const list = &heap.lists[number];
  block->next = *list;
  block->link = list;
  if (block->next != nullptr) {
    block->next->link = &block->next;
  }
  *list = block;
}

// Releases what the block has more than `bytes`.
void trim(Block* block, std::uint32_t bytes) {
  Block* const tail = end_of(block, bytes);
  if (end_of(tail, kMinBlockBytes) <= block->above) {
    tail->below = block;
    tail->above = block->above;
    tail->link = nullptr;
    block->above = tail;
    release(tail);
  }
}

// Makes the highest block so many bytes long: the top comes to lie behind it.
bool raise_top(Block* highest, std::uint32_t bytes) {
  Block* const top = end_of(highest, bytes);
  const std::uint32_t room = bytes > kSmallBytes ? kReserveBytes : kGuardBytes;
  if (!provide_memory(reinterpret_cast<std::uint8_t*>(top) + room)) {
    return false;
  }
  highest->above = top;
  top->below = highest;
  top->link = nullptr;
  heap.top = top;
  return true;
}

}  // namespace

std::uint8_t* allocate_block(std::uint32_t bytes) {
  const std::uint32_t fitting = (2U << list_of(bytes)) - 1;
  while ((heap.filled & fitting) != 0) {
    const std::uint32_t number = 31 - list_of(heap.filled & fitting);
    if (Block* const block = heap.lists[number]; block != nullptr) {
      unlist(block);
      trim(block, bytes);
      return bytes_of(block);
    }
    heap.filled ^= 1U << number;
  }
  if (heap.top == nullptr) {
    heap.top = reinterpret_cast<Block*>(heap_begin());
    heap.top->below = heap.top;
    heap.top->link = nullptr;
  }
  Block* const block = heap.top;
  return raise_top(block, bytes) ? bytes_of(block) : nullptr;
}

void release_block(std::uint8_t* block) {
  release(head_of(block));
}

// The highest block alone, so that one giant event neither copies itself nor splits the heap.
bool extend_block(std::uint8_t* block, std::uint32_t new_bytes) {
  Block* const head = head_of(block);
  return head->above == heap.top && raise_top(head, new_bytes);
}

}  // namespace eventsource
