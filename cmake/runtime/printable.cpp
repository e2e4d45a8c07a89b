#include "printable.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdio>

namespace bpfbuild {

namespace {

struct Character {
  std::uint32_t code = 0;
  std::size_t length = 0;  // 0: the first byte begins no UTF-8
};

/// The first character of a text that is not empty.
Character first_character(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() < length) return {};
  std::uint32_t code = lead & (0x7fU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xc0U) != 0x80) return {};
    code = code << 6 | (next & 0x3fU);
  }
  const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
  const bool surrogate = code >= 0xd800 && code < 0xe000;
  if (overlong || surrogate || code > 0x10ffff) return {};
  return {code, length};
}

bool controls_terminal(std::uint32_t code) {
  return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0x061c ||
         (code >= 0x200e && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e) ||
         (code >= 0x2066 && code <= 0x2069);
}

void append_hex(std::string& result, const char* format, std::string_view bytes) {
  for (const char byte : bytes) {
    char digits[8];
    std::snprintf(digits, sizeof(digits), format, static_cast<unsigned char>(byte));
    result += digits;
  }
}

}  // namespace

std::string printable(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const Character character = first_character(text);
    const std::string_view bytes = text.substr(0, character.length ? character.length : 1);
    if (character.length == 0 || controls_terminal(character.code)) {
      append_hex(result, "\\x%02x", bytes);
    } else {
      result += bytes;
    }
    text.remove_prefix(bytes.size());
  }
  return result;
}

std::string json_escaped(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const Character character = first_character(text);
    const std::string_view bytes = text.substr(0, character.length ? character.length : 1);
    if (character.length == 0) {
      result += "\\ufffd";
    } else if (character.code == '"' || character.code == '\\') {
      result.append("\\").append(bytes);
    } else if (character.code < 0x20 || character.code == 0x7f) {
      append_hex(result, "\\u%04x", bytes);
    } else {
      result += bytes;
    }
    text.remove_prefix(bytes.size());
  }
  return result;
}

}  // namespace bpfbuild
