#include "select/enumerators.hpp"

#include <optional>

#include "select/mentions.hpp"
#include "support/error.hpp"
#include "support/format.hpp"
#include "support/text.hpp"

namespace bpfbuild::select {

namespace {

using btf::Type;
using btf::TypeId;

/// The enums with an enumerator that fits a name or pattern; else offers all enumerators to `nearest`.
std::vector<TypeId> enums_with(const btf::TypeTable& types, std::string_view pattern, NearestNames& nearest) {
  std::vector<TypeId> found;
  for (TypeId id = 1; id < types.id_count(); ++id) {
    const Type type = types[id];
    if (!type.is_enum()) continue;
    for (std::uint32_t i = 0; i < type.item_count(); ++i) {
      if (!matches(pattern, type.enumerator(i).name)) continue;
      found.push_back(id);
      break;
    }
  }
  if (!found.empty()) return found;
  for (TypeId id = 1; id < types.id_count(); ++id) {
    for (std::uint32_t i = 0; types[id].is_enum() && i < types[id].item_count(); ++i) {
      nearest.consider(types[id].enumerator(i).name);
    }
  }
  return found;
}

/// The first type whose spelling goes on in this one.
std::optional<TypeId> user_of(const btf::TypeTable& types, TypeId id) {
  for (TypeId user = 1; user < types.id_count(); ++user) {
    bool uses = false;
    for_each_reference(types[user], [&](TypeId to) { uses = uses || to == id; });
    if (uses) return user;
  }
  return std::nullopt;
}

/// An enum without a name cannot be written by itself where the definition of another type spells it, or
/// both would define its enumerators.
Root root_for(const btf::TypeTable& types, TypeId id) {
  TypeId holder = id;
  // A loop needs a type with a name, so this ends.
  while (types[holder].is_anonymous()) {
    const auto user = user_of(types, holder);
    if (!user) return {id, Fields::whole()};
    holder = *user;
  }
  return {holder, Fields::whole()};
}

}  // namespace

std::vector<Root> look_up_enumerators(const btf::TypeTable& types, const TypeSpec& spec,
                                      std::string_view source) {
  const auto fail = [&](std::string what, std::string_view what_to_do = {}) {
    return Error(std::move(what), what_to_do).at(format("--type '{}'", spec.text));
  };
  std::vector<Root> roots;
  for (const FieldPath& path : spec.fields) {
    const std::string& name = path.front();
    NearestNames nearest(name);
    const std::vector<TypeId> enums = enums_with(types, name, nearest);
    if (enums.empty()) {
      throw fail(format("no enum in '{}' has '{}'", source, name), nearest.suggestion());
    }
    if (enums.size() > 1 && !is_pattern(name)) {
      std::string list;
      for (const TypeId id : enums) list += (list.empty() ? "" : ", ") + types.describe(id);
      throw fail(format("'{}' is ambiguous in '{}': {}", name, source, list),
                 "name the enum instead, as in 'enum NAME'");
    }
    for (const TypeId id : enums) roots.push_back(root_for(types, id));
  }
  return roots;
}

}  // namespace bpfbuild::select
