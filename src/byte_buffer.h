// A growable run of bytes: what a connection keeps of an event that is not finished yet.
#ifndef EVENTSOURCE_BYTE_BUFFER_H_
#define EVENTSOURCE_BYTE_BUFFER_H_

#include <cstdint>

namespace eventsource {

class ByteBuffer {
 public:
  [[gnu::always_inline]] ByteBuffer() {}  // NOLINT(modernize-use-equals-default)
  ByteBuffer(const ByteBuffer&) = delete;
  ByteBuffer& operator=(const ByteBuffer&) = delete;
  ByteBuffer(ByteBuffer&&) = delete;
  ByteBuffer& operator=(ByteBuffer&&) = delete;
  ~ByteBuffer() { release(); }

  // False when there is no memory; the content then stays.
  [[nodiscard]] bool append(const std::uint8_t* begin, const std::uint8_t* end);

  // Room for so many bytes more, which the caller writes, and copy_short() behind them; nullptr
  // when there is no memory.
  [[nodiscard]] std::uint8_t* add(std::uint32_t count);

  // Empties the buffer and hands its memory back.
  [[gnu::noinline]] void release();

  // Becomes what the other was, which is empty then. Pointers into it stay good.
  void take(ByteBuffer& other);

  [[nodiscard]] const std::uint8_t* begin() const { return data_; }
  [[nodiscard]] const std::uint8_t* end() const { return data_ + size_; }
  [[nodiscard]] std::uint32_t size() const { return size_; }

 private:
  [[nodiscard]] bool reserve(std::uint32_t size);

  // Its size follows from size_.
  std::uint8_t* data_ = nullptr;
  std::uint32_t size_ = 0;
};

}  // namespace eventsource

#endif  // EVENTSOURCE_BYTE_BUFFER_H_
