/// Text that is put together of hundreds of thousands of small pieces.
#pragma once

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstring>
#include <iterator>
#include <limits>
#include <memory>
#include <string_view>
#include <utility>

namespace bpfbuild {

/// What a string does at its end, without a call of the C++ library for each piece.
class TextBuffer {
 public:
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::string_view view() const { return {memory_.get(), size_}; }
  /// The last character, or the end of the line before the first.
  [[nodiscard]] char back() const { return size_ == 0 ? '\n' : memory_[size_ - 1]; }

  TextBuffer& operator+=(std::string_view text) {
    std::memcpy(space_for(text.size()), text.data(), text.size());
    return *this;
  }
  TextBuffer& operator+=(char c) {
    *space_for(1) = c;
    return *this;
  }

  void insert(std::size_t at, std::string_view text) {
    const std::size_t behind = size_ - at;
    space_for(text.size());
    std::memmove(memory_.get() + at + text.size(), memory_.get() + at, behind);
    std::memcpy(memory_.get() + at, text.data(), text.size());
  }

  /// Its memory is kept.
  void clear() { size_ = 0; }

 private:
  /// The place of so many more characters.
  char* space_for(std::size_t count) {
    if (count > capacity_ - size_) grow(count);
    char* const space = memory_.get() + size_;
    size_ += count;
    return space;
  }

  [[gnu::noinline]] void grow(std::size_t count) {
    capacity_ = std::max(2 * capacity_, size_ + count + 4096);
    std::unique_ptr<char[]> larger(new char[capacity_]);
    if (size_ != 0) std::memcpy(larger.get(), memory_.get(), size_);
    memory_ = std::move(larger);
  }

  std::unique_ptr<char[]> memory_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

/// Writes an integer at the end of a text.
template <class Integer>
void append_number(TextBuffer& text, Integer number) {
  char digits[std::numeric_limits<Integer>::digits10 + 2];  // and a sign
  const char* const end = std::to_chars(std::begin(digits), std::end(digits), number).ptr;
  text += std::string_view(digits, static_cast<std::size_t>(end - digits));
}

}  // namespace bpfbuild
