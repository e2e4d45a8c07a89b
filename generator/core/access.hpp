/// The way from a type to what a relocation asks for; struct bpf_core_spec of libbpf's relo_core.c.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/types_match.hpp"
#include "object/core_relocations.hpp"

namespace bpfbuild::core {

/// A named field, an element of an array, or an enumerator.
struct Step {
  btf::TypeId type;       // the record or enum; of an element: its own type
  std::uint32_t index;    // of the member, enumerator or element
  std::string_view name;  // empty for an element
};

struct Access {
  const btf::TypeTable* table;
  btf::TypeId root;
  std::vector<Step> steps;  // none for relocations of types
  std::size_t depth = 0;    // levels, with those of unnamed members
  std::uint32_t bit_offset = 0;
};

/// Reads a relocation's access string. Throws Refusal for what does not fit the type.
Access parse_access(const btf::TypeTable& local, const object::CoreRelocation& relocation);

/// The same way from a type of a kernel. Without one, and where `why_not` is given, it says at what step it
/// ends. Throws Refusal.
std::optional<Access> follow(const Access& local, object::CoreKind kind, TypeRef target,
                             std::string* why_not = nullptr);

/// The offset and width in bits of a member, width 0 when it is no bitfield, as libbpf understands them:
/// without the flag that the record has bitfields it knows none.
struct BitField {
  std::uint32_t offset;
  std::uint32_t width;
};
BitField bit_field(btf::Type record, std::uint32_t index);

}  // namespace bpfbuild::core
