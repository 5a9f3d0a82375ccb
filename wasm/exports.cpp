// The whole surface of the module.
//
// Ownership. One instance serves all EventSources of a realm. `create` gives a handle, the address
// of a Source, which lives until `destroy`; every other function takes a living handle. The caller
// copies up to kStagingBytes of a chunk to `staged` and calls `feed`; what `output()` then holds
// is valid until the next `feed` of any handle. Any call may grow the
// memory: views on it are to be renewed when its buffer is another. No call calls back.
#include <cstddef>
#include <cstdint>
#include <new>

#include "../src/connection.h"
#include "../src/event_record.h"
#include "../src/event_stream_parser.h"
#include "../src/memory.h"
#include "heap.h"

extern "C" std::uint8_t __heap_base;  // from the linker

namespace eventsource {
namespace {

struct Source {
  [[gnu::always_inline]] explicit Source(std::uint32_t max_event_bytes) : parser(max_event_bytes) {}

  // First, because then a handle is its address, too.
  Connection connection;
  EventStreamParser parser;
};

// js/core/core.js reads these places.
static_assert(offsetof(ChunkOutput, consumed) == 4);
static_assert(offsetof(ChunkOutput, text) == 12);
static_assert(offsetof(ChunkOutput, text_bytes) == 16);
static_assert(offsetof(ChunkOutput, records) == 28);

constexpr std::uint32_t kSourceBytes = 128;
static_assert(sizeof(Source) <= kSourceBytes);

// What the caller reads and writes. `staged` has room before and behind it for the parser.
struct alignas(16) Exchange {
  ChunkOutput output;
  alignas(16) std::uint8_t headroom[kHeadroomBytes];
  std::uint8_t staged[kStagingBytes];
  std::uint8_t slack[kSlackBytes];
};
static_assert(offsetof(Exchange, staged) == 82032);

Exchange exchange;

}  // namespace

std::uint8_t* heap_begin() {
  const auto address = reinterpret_cast<std::uintptr_t>(&__heap_base);
  return reinterpret_cast<std::uint8_t*>((address + 15) & ~static_cast<std::uintptr_t>(15));
}

bool provide_memory(const std::uint8_t* end) {
  constexpr std::size_t kPage = 65536;
  const std::size_t pages = (reinterpret_cast<std::uintptr_t>(end) + kPage - 1) / kPage;
  const std::size_t present = __builtin_wasm_memory_size(0);
  return pages <= present ||
         __builtin_wasm_memory_grow(0, pages - present) != static_cast<std::size_t>(-1);
}

}  // namespace eventsource

using namespace eventsource;

extern "C" {

// Where feed() leaves its ChunkOutput; and chunks and Content-Type values are put into `staged`.
Exchange* output() {
  return &exchange;
}

// A new source in state CONNECTING, or 0 when there is no memory. Its events have at most
// `max_event_bytes` each, which are at most kMaxEventBytes.
Source* create(std::uint32_t max_event_bytes) {
  std::uint8_t* const memory = allocate_block(kSourceBytes);
  return memory == nullptr ? nullptr : new (memory) Source(max_event_bytes);
}

void destroy(Source* source) {
  source->~Source();
  release_block(reinterpret_cast<std::uint8_t*>(source));
}

// Parses `length` staged bytes from `offset` on; gives the number of records in output().
std::uint32_t feed(Source* source, std::uint32_t offset, std::uint32_t length) {
  const std::uint8_t* const slice = exchange.staged + offset;
  RetryPolicy& policy = source->connection.policy();
  exchange.output.reconnection_time = policy.reconnection_time();
  source->parser.feed(slice, slice + length, exchange.output);
  policy.set_reconnection_time(exchange.output.reconnection_time);
  if (exchange.output.record_count != 0) {
    source->connection.dispatched();
  }
  return exchange.output.record_count;
}

// The options of the connection, in milliseconds; 0: not given, but for `reconnection_time`, which
// always is. `max_retries`: kUnlimited where it is not given. Once, before start().
void configure(Source* source, std::uint32_t reconnection_time, std::uint32_t max_reconnection_time,
               std::uint32_t max_retries, std::uint32_t connect_timeout, std::uint32_t idle_timeout,
               bool transient) {
  RetryPolicy& policy = source->connection.policy();
  policy.set_reconnection_time(reconnection_time);
  policy.limit(max_reconnection_time, max_retries);
  source->connection.configure(connect_timeout, idle_timeout, transient);
}

// The inputs of the connection machine; each gives an Action.
Action start(Source* source, bool fetchable, std::uint32_t now) {
  return source->connection.start(fetchable, now);
}

// The Content-Type, `length` bytes of it, is staged. What the previous body left is forgotten.
Action respond(Source* source, std::uint32_t status, std::uint32_t length, std::uint32_t now,
               std::uint32_t random, std::uint32_t retry_after) {
  source->parser.begin_stream();
  return source->connection.respond(status, exchange.staged, exchange.staged + length, now, random,
                                    retry_after);
}

// Forgets what the stream has begun and not finished.
void reset(Source* source) {
  source->parser.begin_stream();
}

Action end(Source* source, std::uint32_t now, std::uint32_t random) {
  return source->connection.end(now, random);
}

Action fail(Source* source, bool may_be_refused, bool sent_id, std::uint32_t now,
            std::uint32_t random) {
  return source->connection.fail(may_be_refused, sent_id, now, random);
}

Action probe(Source* source, bool answered, std::uint32_t now, std::uint32_t random) {
  return source->connection.probe(answered, now, random);
}

Action refuse(Source* source) {
  return source->connection.refuse();
}

Action elapse(Source* source, std::uint32_t now, std::uint32_t random, std::uint32_t wall) {
  return source->connection.elapse(now, random, wall);
}

Action decide(Source* source, std::int32_t verdict, std::uint32_t now, std::uint32_t random) {
  return source->connection.decide(verdict, now, random);
}

Action reconnect(Source* source, bool forced, std::uint32_t now) {
  return source->connection.reconnect(forced, now);
}

// For the idle time-out, where there is one: bytes have come, or are asked for from now on.
void touch(Source* source, std::uint32_t wall) {
  source->connection.touch(wall);
}

// Milliseconds until elapse() is to be called because of a time-out, or -1.
std::int32_t deadline(Source* source, std::uint32_t now, std::uint32_t wall) {
  return source->connection.deadline(now, wall);
}

// Losses in a row.
std::uint32_t failures(Source* source) {
  return source->connection.policy().losses();
}

// The reconnection time in milliseconds.
std::uint32_t reconnection_time(Source* source) {
  return source->connection.policy().reconnection_time();
}

}  // extern "C"
