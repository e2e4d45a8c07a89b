#include "compat/kernel_types.hpp"

namespace bpfbuild::compat {

std::optional<btf::TypeId> KernelTypes::find(std::string_view name, btf::Kind kind, Where where) const {
  for (const btf::TypeId id : table().find(name)) {
    const bool is_of_module = id >= kernel_.module_types;
    const bool is_elsewhere =
        (where == Where::kernel && is_of_module) || (where == Where::modules && !is_of_module);
    if (table()[id].kind() == kind && !is_elsewhere) return id;
  }
  return std::nullopt;
}

std::optional<std::set<std::int64_t>> KernelTypes::values_of_enum(std::string_view name) const {
  const auto id = find(name, btf::Kind::enum_);
  if (!id) return std::nullopt;
  std::set<std::int64_t> values;
  const btf::Type type = table()[*id];
  for (std::uint32_t i = 0; i < type.item_count(); ++i) {
    const btf::Enumerator enumerator = type.enumerator(i);
    if (!enumerator.name.starts_with("__")) values.insert(enumerator.value);
  }
  return values;
}

std::optional<std::uint32_t> KernelTypes::member_of(btf::TypeId record, std::string_view name) const {
  const btf::Type type = table()[record];
  for (std::uint32_t i = 0; i < type.item_count(); ++i) {
    if (type.member(i).name == name) return i;
  }
  return std::nullopt;
}

}  // namespace bpfbuild::compat
