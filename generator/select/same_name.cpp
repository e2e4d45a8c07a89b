#include "select/same_name.hpp"

#include <algorithm>

#include "select/fields.hpp"

namespace bpfbuild::select {

namespace {

using btf::Type;
using btf::TypeId;

void append_names(const btf::TypeTable& types, Type type, std::vector<std::string_view>& names) {
  for (std::uint32_t i = 0; i < type.item_count(); ++i) {
    if (type.is_enum()) {
      names.push_back(type.enumerator(i).name);
    } else if (const auto inlined = inlined_record(types, type, i)) {
      append_names(types, *inlined, names);
    } else {
      names.push_back(type.member(i).name);
    }
  }
}

/// Of the fields or the enumerators, in the order of BTF; none for other kinds of types.
std::vector<std::string_view> names_in(const btf::TypeTable& types, TypeId id) {
  const Type type = types.resolved(id);
  std::vector<std::string_view> names;
  if (type.is_record() || type.is_enum()) append_names(types, type, names);
  return names;
}

}  // namespace

bool has_mark(const btf::TypeTable& types, TypeId id, std::string_view mark) {
  const auto size = types.size_of(id);
  if (size && std::to_string(*size) == mark) return true;
  const std::vector<std::string_view> names = names_in(types, id);
  return std::find(names.begin(), names.end(), mark) != names.end();
}

std::string mark_of(const btf::TypeTable& types, TypeId id, const std::vector<TypeId>& all) {
  const auto fits_only_this = [&](std::string_view mark) {
    return !mark.empty() && std::none_of(all.begin(), all.end(), [&](TypeId other) {
      return other != id && has_mark(types, other, mark);
    });
  };
  for (const std::string_view name : names_in(types, id)) {
    if (fits_only_this(name)) return std::string(name);
  }
  const auto size = types.size_of(id);
  return size && fits_only_this(std::to_string(*size)) ? std::to_string(*size) : std::string();
}

}  // namespace bpfbuild::select
