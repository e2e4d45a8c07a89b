/// BTF as it lies in a file; see Documentation/bpf/btf.rst and include/uapi/linux/btf.h of the kernel.
///
/// A header, a section of types and a section of strings. The type section is nothing but 32-bit words: every
/// type is three words (name, info, size or type), followed by the items that its kind demands.
#pragma once

#include <cstdint>
#include <string_view>

namespace bpfbuild::btf {

/// Position of a type in the type section, counted from 1; 0 is void.
using TypeId = std::uint32_t;

inline constexpr std::uint16_t magic = 0xeb9f;
inline constexpr std::uint8_t version = 1;

/// Bytes of the header up to the last field that is read here. Newer headers may be longer.
inline constexpr std::uint32_t header_size = 24;

enum class Kind : std::uint8_t {
  void_ = 0,
  integer = 1,
  pointer = 2,
  array = 3,
  struct_ = 4,
  union_ = 5,
  enum_ = 6,
  forward = 7,
  typedef_ = 8,
  volatile_ = 9,
  const_ = 10,
  restrict_ = 11,
  function = 12,
  function_prototype = 13,
  variable = 14,
  data_section = 15,
  floating = 16,
  declaration_tag = 17,
  type_tag = 18,
  enum64 = 19,
};

inline constexpr std::uint32_t last_kind = 19;

/// Bits of a type's info word that have no meaning yet: the kernel wants them to be zero.
inline constexpr std::uint32_t unused_info_bits = 0x60ff0000;

/// The kind as messages name it: "struct", "typedef", "function prototype".
constexpr std::string_view kind_name(Kind kind) {
  constexpr std::string_view names[last_kind + 1] = {
      "void", "int",          "pointer",  "array",           "struct",   "union",    "enum",
      "fwd",  "typedef",      "volatile", "const",           "restrict", "function", "function prototype",
      "var",  "data section", "float",    "declaration tag", "type tag", "enum"};
  return names[static_cast<std::uint8_t>(kind)];
}

/// Words of each item that follows a type, and whether there is one of them or as many as the type says.
struct Items {
  std::uint8_t words;
  bool counted;
};

constexpr Items items_of(Kind kind) {
  switch (kind) {
    case Kind::integer:
    case Kind::variable:
    case Kind::declaration_tag:
      return {1, false};
    case Kind::array:
      return {3, false};
    case Kind::enum_:
    case Kind::function_prototype:
      return {2, true};
    case Kind::struct_:
    case Kind::union_:
    case Kind::data_section:
    case Kind::enum64:
      return {3, true};
    default:
      return {0, false};
  }
}

}  // namespace bpfbuild::btf
