#include "byte_buffer.h"

#include "bytes.h"
#include "memory.h"

namespace eventsource {

bool ByteBuffer::append(const std::uint8_t* begin, const std::uint8_t* end) {
  const auto added = static_cast<std::uint32_t>(end - begin);
  // Callers keep to kMaxEventBytes, so that the sum cannot overflow.
  if (!reserve(size_ + added)) {
    return false;
  }
  copy_bytes(data_ + size_, begin, added);
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
  capacity_ = 0;
}

bool ByteBuffer::reserve(std::uint32_t size) {
  if (size <= capacity_) {
    return true;
  }
  // Doubling keeps the time linear in the bytes, however small the pieces are, and the capacity
  // below twice the size.
  const std::uint32_t capacity = 1U << (32 - __builtin_clz((size - 1) | (kMinBlockBytes - 1)));
  if (data_ == nullptr || !extend_block(data_, capacity)) {
    std::uint8_t* const data = allocate_block(capacity);
    if (data == nullptr) {
      return false;
    }
    if (data_ != nullptr) {
      copy_bytes(data, data_, size_);
      release_block(data_);
    }
    data_ = data;
  }
  capacity_ = capacity;
  return true;
}

void ByteBuffer::take(ByteBuffer& other) {
  release();
  data_ = other.data_;
  size_ = other.size_;
  capacity_ = other.capacity_;
  other.data_ = nullptr;
  other.size_ = 0;
  other.capacity_ = 0;
}

}  // namespace eventsource
