#include "emit/names.hpp"

#include <fmt/format.h>

#include "emit/base_typedefs.hpp"
#include "select/spec.hpp"
#include "support/error.hpp"

namespace bpfbuild::emit {

using btf::Kind;

std::string_view tag_keyword(btf::Type type) {
  switch (type.kind()) {
    case Kind::struct_:
      return "struct";
    case Kind::union_:
      return "union";
    case Kind::enum_:
    case Kind::enum64:
      return "enum";
    case Kind::forward:
      return type.is_forward_union() ? "union" : "struct";
    default:
      return {};
  }
}

Names::Names(const btf::TypeTable& types) : types_(types) {
  for (const BaseTypedef& base : base_typedefs) identifiers_.emplace(base.name, 1);
}

const std::string& Names::of(btf::Type type) {
  const auto known = given_.find(type.id());
  if (known != given_.end()) return known->second;

  const std::string_view name = type.name();
  if (!select::is_c_identifier(name)) {
    throw Error(fmt::format("type [{}]: '{}' is not a name in C", type.id(), name));
  }
  const std::string_view keyword = tag_keyword(type);
  if (keyword.empty()) {
    if (is_base_typedef(types_, type)) return given_[type.id()] = name;
    // A typedef of the compiler's own cannot be defined once more.
    if (name.substr(0, 10) == "__builtin_") identifiers_.try_emplace(name, 1);
    return given_[type.id()] = claim(identifiers_, name);
  }

  // A forward declaration means the type of its kind and name, wherever that is or is not defined.
  const std::string plain = fmt::format("{} {}", keyword, name);
  const auto declared = declared_.find(plain);
  if (type.kind() == Kind::forward && declared != declared_.end())
    return given_[type.id()] = declared->second;
  const std::string claimed = fmt::format("{} {}", keyword, claim(tags_, name));
  declared_.try_emplace(plain, claimed);
  return given_[type.id()] = claimed;
}

std::string Names::claim_enumerator(std::string_view name) {
  if (!select::is_c_identifier(name)) throw Error(fmt::format("enumerator '{}' is not a name in C", name));
  return claim(identifiers_, name);
}

std::string Names::claim(Uses& uses, std::string_view name) {
  const std::uint32_t use = ++uses[name];
  return use == 1 ? std::string(name) : fmt::format("{}___{}", name, use);
}

}  // namespace bpfbuild::emit
