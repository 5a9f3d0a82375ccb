#include "byte_buffer.h"

#include "bytes.h"
#include "memory.h"

namespace eventsource {
namespace {

// Of the block that holds so many bytes. Doubling keeps the time linear in the bytes, however small
// the pieces are, and the block below twice the size.
std::uint32_t block_bytes(std::uint32_t size) {
  return 1U << (32 - __builtin_clz((size - 1) | (kMinBlockBytes - 1)));
}

}  // namespace

bool ByteBuffer::append(const std::uint8_t* begin, const std::uint8_t* end) {
  const auto added = static_cast<std::uint32_t>(end - begin);
  if (added == 0) {
    return true;
  }
  // Callers keep to kMaxEventBytes, so that the sum cannot overflow.
  if (!reserve(size_ + added)) {
    return false;
  }
  __builtin_memcpy(data_ + size_, begin, added);
  size_ += added;
  return true;
}

std::uint8_t* ByteBuffer::add(std::uint32_t count) {
  if (!reserve(size_ + count + kShortCopyBytes)) {
    return nullptr;
  }
  std::uint8_t* const added = data_ + size_;
  size_ += count;
  return added;
}

void ByteBuffer::release() {
  if (data_ != nullptr) {
    release_block(data_);
  }
  data_ = nullptr;
  size_ = 0;
}

bool ByteBuffer::reserve(std::uint32_t size) {
  const std::uint32_t needed = block_bytes(size);
  if (data_ != nullptr && (needed == block_bytes(size_) || extend_block(data_, needed))) {
    return true;
  }
  std::uint8_t* const data = allocate_block(needed);
  if (data == nullptr) {
    return false;
  }
  if (data_ != nullptr) {
    __builtin_memcpy(data, data_, size_);
    release_block(data_);
  }
  data_ = data;
  return true;
}

void ByteBuffer::take(ByteBuffer& other) {
  release();
  data_ = other.data_;
  size_ = other.size_;
  other.data_ = nullptr;
  other.size_ = 0;
}

}  // namespace eventsource
