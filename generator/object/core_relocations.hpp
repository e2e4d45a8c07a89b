/// What an object asks of a kernel's types; struct bpf_core_relo and enum bpf_core_relo_kind of the kernel.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "btf/type_table.hpp"

namespace bpfbuild::object {

enum class CoreKind : std::uint32_t {
  field_byte_offset,
  field_byte_size,
  field_exists,
  field_signed,
  field_left_shift,
  field_right_shift,
  type_id_local,
  type_id_target,
  type_exists,
  type_size,
  enumerator_exists,
  enumerator_value,
  type_matches,
};

constexpr bool is_of_field(CoreKind kind) { return kind <= CoreKind::field_right_shift; }
constexpr bool is_of_enumerator(CoreKind kind) {
  return kind == CoreKind::enumerator_exists || kind == CoreKind::enumerator_value;
}
constexpr bool is_of_type(CoreKind kind) { return !is_of_field(kind) && !is_of_enumerator(kind); }
/// Whether it only asks if something is there.
constexpr bool is_of_existence(CoreKind kind) {
  return kind == CoreKind::field_exists || kind == CoreKind::type_exists ||
         kind == CoreKind::enumerator_exists || kind == CoreKind::type_matches;
}

/// What is asked for: "byte offset", "existence", "value".
std::string_view question(CoreKind kind);

struct CoreRelocation {
  std::string section;
  std::uint64_t offset;  // of the instruction in it
  btf::TypeId type;      // of the object's own types
  std::string access;    // "0:3:1": indices of elements, members and enumerators
  CoreKind kind;
};

/// Reads those of the section .BTF.ext, in its order, which is that of libbpf. `types` are the object's.
/// Throws Error ".BTF.ext: WHAT" for what is damaged, and for kinds that are unknown.
std::vector<CoreRelocation> read_core_relocations(std::span<const std::byte> btf_ext,
                                                  const btf::TypeTable& types);

}  // namespace bpfbuild::object
