// The module's allocator: blocks of powers of two on the memory behind the module's own data.
#ifndef EVENTSOURCE_WASM_HEAP_H_
#define EVENTSOURCE_WASM_HEAP_H_

#include <cstdint>

namespace eventsource {

// Where the heap begins, and a call that makes sure that memory up to `end` exists (false: it
// cannot). The module has them from the linker and memory.grow, the tests from an array.
std::uint8_t* heap_begin();
bool provide_memory(const std::uint8_t* end);

}  // namespace eventsource

#endif  // EVENTSOURCE_WASM_HEAP_H_
