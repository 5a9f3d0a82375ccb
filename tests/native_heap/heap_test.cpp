// The module's allocator on an array instead of linear memory.
#include "../../wasm/heap.h"

#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <random>
#include <vector>

#include "memory.h"

namespace eventsource {
namespace {

constexpr std::size_t kArenaBytes = std::size_t{4} << 20;
alignas(16) std::array<std::uint8_t, kArenaBytes> arena;
std::size_t provided = 0;

}  // namespace

std::uint8_t* heap_begin() {
  return arena.data();
}

bool provide_memory(const std::uint8_t* end) {
  const auto bytes = static_cast<std::size_t>(end - arena.data());
  provided = std::max(provided, bytes);
  return bytes <= kArenaBytes;
}

namespace {

TEST(Heap, GivesAlignedBlocksThatDoNotOverlap) {
  struct Block {
    std::uint8_t* memory;
    std::uint32_t bytes;
    std::uint8_t content;
  };
  std::vector<Block> blocks;
  std::minstd_rand random(1);
  for (int i = 0; i < 20000; ++i) {
    if (blocks.size() < 50 && random() % 2 == 0) {
      const std::uint32_t bytes = kMinBlockBytes << (random() % 8);
      std::uint8_t* const memory = allocate_block(bytes);
      ASSERT_NE(memory, nullptr);
      ASSERT_EQ(reinterpret_cast<std::uintptr_t>(memory) % 16, 0U);
      std::memset(memory, i, bytes);
      blocks.push_back({memory, bytes, static_cast<std::uint8_t>(i)});
    } else if (!blocks.empty()) {
      std::swap(blocks[random() % blocks.size()], blocks.back());
      Block block = blocks.back();
      blocks.pop_back();
      for (std::uint32_t at = 0; at < block.bytes; ++at) {
        ASSERT_EQ(block.memory[at], block.content);
      }
      if (random() % 4 == 0 && extend_block(block.memory, block.bytes, block.bytes * 2)) {
        block.bytes *= 2;
      }
      release_block(block.memory, block.bytes);
    }
  }
  for (const Block& block : blocks) {
    release_block(block.memory, block.bytes);
  }
  // 50 blocks of at most 8 KiB, each size with its own free ones.
  EXPECT_LT(provided, std::size_t{2} << 20);
}

TEST(Heap, GrowsTheHighestBlockInPlaceAndTakesItsMemoryBack) {
  std::uint8_t* const block = allocate_block(1 << 16);
  ASSERT_NE(block, nullptr);
  ASSERT_TRUE(extend_block(block, 1 << 16, 1 << 20));
  release_block(block, 1 << 20);
  // What comes next stands in the same place.
  std::uint8_t* const next = allocate_block(1 << 19);
  EXPECT_EQ(next, block);
  release_block(next, 1 << 19);
}

TEST(Heap, LeavesABlockThatIsNotTheHighestWhereItIs) {
  std::uint8_t* const lower = allocate_block(1 << 17);
  std::uint8_t* const upper = allocate_block(1 << 17);
  EXPECT_FALSE(extend_block(lower, 1 << 17, 1 << 18));
  release_block(lower, 1 << 17);
  // A free block serves the next one of its size.
  EXPECT_EQ(allocate_block(1 << 17), lower);
  release_block(upper, 1 << 17);
  release_block(lower, 1 << 17);
}

TEST(Heap, SaysWhenThereIsNoMoreMemory) {
  EXPECT_EQ(allocate_block(1U << 23), nullptr);
  std::uint8_t* const block = allocate_block(1 << 20);
  ASSERT_NE(block, nullptr);
  EXPECT_FALSE(extend_block(block, 1 << 20, 1U << 23));
  release_block(block, 1 << 20);
}

}  // namespace
}  // namespace eventsource
