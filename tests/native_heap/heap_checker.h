// What holds of the module's heap at any time: the drawing in wasm/heap.h, as a check.
#ifndef EVENTSOURCE_TESTS_HEAP_CHECKER_H_
#define EVENTSOURCE_TESTS_HEAP_CHECKER_H_

#include <cstddef>
#include <cstdint>
#include <string>

namespace eventsource {

struct HeapCount {
  std::size_t used_blocks = 0;
  std::size_t used_bytes = 0;  // behind the heads
  std::size_t free_blocks = 0;
  std::size_t bytes = 0;  // of all blocks and heads
  std::string mistake;    // empty: there is none
};

// Walks over all blocks and through all lists.
HeapCount check_heap();

}  // namespace eventsource

#endif  // EVENTSOURCE_TESTS_HEAP_CHECKER_H_
