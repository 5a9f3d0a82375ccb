// Lets a test run out of memory.
#ifndef EVENTSOURCE_TESTS_FAILING_MEMORY_H_
#define EVENTSOURCE_TESTS_FAILING_MEMORY_H_

#include <cstddef>
#include <cstdint>

namespace eventsource {

// The largest block that can be had, in bytes; 0: no limit.
extern std::uint32_t memory_limit;

// The bytes of all blocks that are in use.
std::size_t memory_held();

}  // namespace eventsource

#endif  // EVENTSOURCE_TESTS_FAILING_MEMORY_H_
