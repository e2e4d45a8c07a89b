/// What a fuzz target takes out of its bytes.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "btf/format.hpp"
#include "btf_builder.hpp"
#include "support/file.hpp"

namespace bpfbuild::fuzz {

class Input {
 public:
  explicit Input(std::string_view bytes) : left_(bytes) {}
  Input(const std::uint8_t* data, std::size_t size) : left_(reinterpret_cast<const char*>(data), size) {}

  std::uint8_t byte() {
    const std::string_view taken = take(1);
    return taken.empty() ? 0 : static_cast<std::uint8_t>(taken.front());
  }
  std::uint16_t half_word() {
    const std::uint16_t low = byte();
    return static_cast<std::uint16_t>(low | byte() << 8);
  }
  std::string_view take(std::size_t count) {
    const std::string_view taken = left_.substr(0, count);
    left_.remove_prefix(taken.size());
    return taken;
  }
  std::string_view rest() { return take(left_.size()); }

 private:
  std::string_view left_;
};

/// BTF with a header that is right, or else few inputs would come past it: the number of words of types, the
/// types, the strings.
inline std::string framed_btf(Input input, bool is_split) {
  test::BtfBuilder builder;
  builder.words.resize(input.half_word());
  const std::string_view types = input.take(builder.words.size() * sizeof builder.words[0]);
  builder.words.resize(types.size() / sizeof builder.words[0]);
  if (!builder.words.empty()) {
    std::memcpy(builder.words.data(), types.data(), builder.words.size() * sizeof builder.words[0]);
  }
  builder.strings.assign(is_split ? 0 : 1, '\0');
  builder.strings.append(input.rest()).push_back('\0');
  return builder.contents();
}

/// The bytes of which framed_btf() makes this file.
inline std::string unframed_btf(const test::BtfBuilder& builder, bool is_split) {
  const std::size_t count = builder.words.size();
  std::string bytes{static_cast<char>(count & 0xff), static_cast<char>(count >> 8)};
  bytes.append(reinterpret_cast<const char*>(builder.words.data()), count * sizeof builder.words[0]);
  const std::string_view strings = builder.strings;
  return bytes.append(strings.substr(is_split ? 0 : 1, strings.size() - (is_split ? 1 : 2)));
}

}  // namespace bpfbuild::fuzz
