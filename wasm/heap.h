// The module's allocator, on the memory behind the module's own data.
//
//   heap_begin()                                                top
//   │ Block │ bytes ... │ Block │ bytes ... │ Block │ bytes ... │ Block │ reserve ...
//
// Every block has a head in front of its bytes, and blocks follow one another without a gap. No two
// free blocks are neighbours, and none lies below the top: what is released joins its free
// neighbours, or the unused rest. So all memory that is free can be had again, in any size.
#ifndef EVENTSOURCE_WASM_HEAP_H_
#define EVENTSOURCE_WASM_HEAP_H_

#include <cstdint>

namespace eventsource {

struct alignas(16) Block {
  Block* below;  // its neighbours; below the lowest block is itself,
  Block* above;  // and above the top is nothing to be read
  Block* next;   // in its list of free blocks
  Block** link;  // what points at it there; nullptr: the block is in use, or the top
};

struct Heap {
  // The head of the unused rest, for when there is nothing else; at first nullptr.
  Block* top;
  // Bit i is set where list i may have blocks; where it is not set, the list is empty.
  std::uint32_t filled;
  // A free block waits in the list of the power of two that it has at least as many bytes as, the
  // largest first: list i has blocks from 2^(31 - i) bytes on. As owners ask for powers of two, any
  // block of the last list that has one, and is large enough, will do.
  Block* lists[32];
};
extern Heap heap;  // NOLINT(bugprone-dynamic-static-initializers): it begins as zeros

// Blocks up to this size may use the reserve, which larger ones leave alone: when large events have
// taken all that the host gives, others can still be opened, and small events be kept.
inline constexpr std::uint32_t kSmallBytes = 1024;
inline constexpr std::uint32_t kReserveBytes = 1024 * 1024;

// Where the heap begins, and a call that makes sure that memory up to `end` exists (false:
// it cannot). The module has them from the linker and memory.grow, the tests from an array.
std::uint8_t* heap_begin();
bool provide_memory(const std::uint8_t* end);

}  // namespace eventsource

#endif  // EVENTSOURCE_WASM_HEAP_H_
