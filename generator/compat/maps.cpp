#include "compat/maps.hpp"

#include <optional>

namespace bpfbuild::compat {

namespace {

using btf::Kind;
using btf::Type;

/// The number that __uint(type, NUMBER) hides in the length of an array.
std::optional<std::uint32_t> type_of(const btf::TypeTable& types, Type definition) {
  for (std::uint32_t i = 0; definition.kind() == Kind::struct_ && i < definition.item_count(); ++i) {
    const btf::Member member = definition.member(i);
    const Type pointer = types.resolved(member.type);
    if (member.name != "type" || pointer.kind() != Kind::pointer) continue;
    const Type array = types.resolved(pointer.target());
    if (array.kind() == Kind::array) return array.array().count;
  }
  return std::nullopt;
}

}  // namespace

std::vector<Map> find_maps(const btf::TypeTable& types) {
  std::vector<Map> maps;
  for (btf::TypeId id = 1; id < types.id_count(); ++id) {
    const Type section = types[id];
    if (section.kind() != Kind::data_section || section.name() != ".maps") continue;
    for (std::uint32_t i = 0; i < section.item_count(); ++i) {
      const Type variable = types[section.items()[3 * i]];
      if (variable.kind() != Kind::variable) continue;
      if (const auto type = type_of(types, types.resolved(variable.target()))) {
        maps.push_back({std::string(variable.name()), *type});
      }
    }
  }
  return maps;
}

}  // namespace bpfbuild::compat
