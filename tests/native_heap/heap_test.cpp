// The module's allocator on an array instead of linear memory.
#include "../../wasm/heap.h"

#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <random>
#include <vector>

#include "heap_checker.h"
#include "memory.h"

namespace eventsource {
namespace {

constexpr std::size_t kArenaBytes = std::size_t{8} << 20;
alignas(16) std::array<std::uint8_t, kArenaBytes> arena;

}  // namespace

std::uint8_t* heap_begin() {
  return arena.data();
}

bool provide_memory(const std::uint8_t* end) {
  return end <= arena.data() + kArenaBytes;
}

namespace {

// Every test leaves the heap as it found it: empty.
class Heap : public testing::Test {
 protected:
  void TearDown() override {
    const HeapCount count = check_heap();
    EXPECT_EQ(count.mistake, "");
    EXPECT_EQ(count.bytes, 0U);
    EXPECT_EQ(count.free_blocks, 0U);
  }
};

struct Owned {
  std::uint8_t* memory;
  std::uint32_t bytes;
  std::uint8_t content;
};

void fill(const Owned& block) {
  std::memset(block.memory, block.content, block.bytes);
}

bool is_intact(const Owned& block) {
  for (std::uint32_t at = 0; at < block.bytes; ++at) {
    if (block.memory[at] != block.content) {
      return false;
    }
  }
  return true;
}

// Allocates, extends and releases at random, mostly small blocks and often more than there is.
void exercise(std::uint32_t seed) {
  std::vector<Owned> blocks;
  std::minstd_rand random(seed);
  std::size_t refused = 0;
  std::size_t extended = 0;
  const auto exponent = [&random] {
    const std::uint32_t span = random() % 8 == 0 ? 16 : 6;
    return random() % span;
  };
  for (int step = 0; step < 30000; ++step) {
    // Phases in which it fills up, and phases in which it empties.
    const bool fills = random() % 100 < (step / 1500 % 2 == 0 ? 70U : 30U);
    if (fills || blocks.empty()) {
      const std::uint32_t bytes = kMinBlockBytes << exponent();
      std::uint8_t* const memory = allocate_block(bytes);
      if (memory == nullptr) {
        ++refused;
        continue;
      }
      ASSERT_EQ(reinterpret_cast<std::uintptr_t>(memory) % 16, 0U);
      blocks.push_back({memory, bytes, static_cast<std::uint8_t>(step)});
      fill(blocks.back());
    } else {
      Owned& block = random() % 2 == 0 ? blocks.back() : blocks[random() % blocks.size()];
      ASSERT_TRUE(is_intact(block)) << seed << ", " << step;
      if (random() % 3 == 0 && block.bytes < kArenaBytes / 4) {
        // As a buffer grows.
        if (extend_block(block.memory, block.bytes * 2)) {
          ++extended;
        } else if (std::uint8_t* const larger = allocate_block(block.bytes * 2)) {
          std::memcpy(larger, block.memory, block.bytes);
          release_block(block.memory);
          block.memory = larger;
        } else {
          ++refused;
          continue;
        }
        ASSERT_TRUE(is_intact(block)) << seed << ", " << step;
        block.bytes *= 2;
        fill(block);
      } else {
        release_block(block.memory);
        block = blocks.back();
        blocks.pop_back();
      }
    }
    if (step % 16 == 0) {
      const HeapCount count = check_heap();
      ASSERT_EQ(count.mistake, "") << seed << ", " << step;
      ASSERT_EQ(count.used_blocks, blocks.size());
      std::size_t bytes = 0;
      for (const Owned& block : blocks) {
        bytes += block.bytes;
      }
      // A block is longer than asked for by less than what could stand alone.
      ASSERT_GE(count.used_bytes, bytes);
      ASSERT_LT(count.used_bytes, bytes + blocks.size() * (sizeof(Block) + kMinBlockBytes) + 1);
    }
  }
  EXPECT_GT(refused, 10U) << "of too much memory";
  EXPECT_GT(extended, 10U);
  for (const Owned& block : blocks) {
    ASSERT_TRUE(is_intact(block));
    release_block(block.memory);
  }
}

TEST_F(Heap, GivesBlocksThatDoNotOverlapAndAccountsForEveryByte) {
  for (std::uint32_t seed = 1; seed <= 5; ++seed) {
    exercise(seed);
    const HeapCount count = check_heap();
    ASSERT_EQ(count.mistake, "");
    ASSERT_EQ(count.bytes, 0U) << "all that is free merges";
  }
}

TEST_F(Heap, GrowsTheHighestBlockInPlaceAndTakesItsMemoryBack) {
  std::uint8_t* const block = allocate_block(1 << 16);
  ASSERT_NE(block, nullptr);
  ASSERT_TRUE(extend_block(block, 1 << 20));
  release_block(block);
  // What comes next stands in the same place.
  std::uint8_t* const next = allocate_block(1 << 19);
  EXPECT_EQ(next, block);
  release_block(next);
}

TEST_F(Heap, LeavesABlockThatIsNotTheHighestWhereItIs) {
  std::uint8_t* const lower = allocate_block(1 << 14);
  std::uint8_t* const upper = allocate_block(1 << 14);
  EXPECT_FALSE(extend_block(lower, 1 << 15));
  release_block(lower);
  // A free block serves the next one that fits, and the rest of it another.
  EXPECT_EQ(allocate_block(1 << 12), lower);
  std::uint8_t* const other = allocate_block(1 << 12);
  EXPECT_EQ(other, lower + (1 << 12) + sizeof(Block));
  release_block(other);
  release_block(upper);
  release_block(lower);
}

// Large blocks give their memory to small ones, and the other way round.
TEST_F(Heap, UsesFreeMemoryForBlocksOfAnySize) {
  std::vector<std::uint8_t*> blocks;
  const auto take_all = [&blocks](std::uint32_t bytes) {
    std::size_t count = 0;
    while (std::uint8_t* const block = allocate_block(bytes)) {
      blocks.push_back(block);
      ++count;
    }
    return count;
  };
  const auto release_all = [&blocks] {
    for (std::uint8_t* const block : blocks) {
      release_block(block);
    }
    blocks.clear();
  };
  const std::size_t large = take_all(1 << 20);
  EXPECT_EQ(large, kArenaBytes / (1 << 20) - 2) << "all but the reserve and the heads";
  std::uint8_t* const last = allocate_block(kMinBlockBytes);
  // A hole in the middle, with memory in use on either side.
  release_block(blocks[2]);
  blocks.erase(blocks.begin() + 2);
  const std::size_t small = take_all(2048);
  EXPECT_GE(small, (1 << 20) / (2048 + sizeof(Block)));
  EXPECT_EQ(check_heap().mistake, "");
  for (std::size_t i = 0; i < small; ++i) {
    release_block(blocks.back());
    blocks.pop_back();
  }
  std::uint8_t* const again = allocate_block(1 << 20);
  EXPECT_NE(again, nullptr);
  release_block(again);
  release_block(last);
  release_all();
  EXPECT_EQ(take_all(1 << 20), large);
  release_all();
}

TEST_F(Heap, KeepsAReserveForSmallBlocks) {
  std::vector<std::uint8_t*> large;
  for (std::uint32_t bytes = 1U << 22; bytes > kSmallBytes; bytes /= 2) {
    while (std::uint8_t* const block = allocate_block(bytes)) {
      large.push_back(block);
    }
    ASSERT_FALSE(extend_block(large.back(), kArenaBytes));
  }
  std::vector<std::uint8_t*> small;
  while (std::uint8_t* const block = allocate_block(kSmallBytes)) {
    small.push_back(block);
  }
  EXPECT_GE(small.size(), (kReserveBytes - 2 * kSmallBytes) / (kSmallBytes + sizeof(Block)));
  for (std::uint8_t* const block : small) {
    release_block(block);
  }
  for (std::uint8_t* const block : large) {
    release_block(block);
  }
}

TEST_F(Heap, SaysWhenThereIsNoMoreMemory) {
  EXPECT_EQ(allocate_block(1U << 24), nullptr);
  std::uint8_t* const block = allocate_block(1 << 20);
  ASSERT_NE(block, nullptr);
  EXPECT_FALSE(extend_block(block, 1U << 24));
  release_block(block);
}

}  // namespace
}  // namespace eventsource
