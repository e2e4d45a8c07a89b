#include "emit/names.hpp"

#include <utility>

#include "emit/base_typedefs.hpp"
#include "select/spec.hpp"
#include "support/error.hpp"
#include "support/format.hpp"

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

Names::Names(const btf::TypeTable& types) : types_(types), given_(types.id_count(), Given::nothing) {
  for (const BaseTypedef& base : base_typedefs) identifiers_[base.name] = 1;
  for (btf::TypeId id = 1; id < types.id_count(); ++id) {
    if (types.kind_of(id) == Kind::forward) declared(types[id])[types[id].name()] = 0;
  }
}

void Names::reserve(const std::vector<btf::TypeId>& ids) {
  std::size_t tags = 0;
  std::size_t identifiers = 0;
  for (const btf::TypeId id : ids) {
    ++(types_.kind_of(id) == Kind::typedef_ ? identifiers : tags);
    if (types_[id].is_enum()) identifiers += types_[id].item_count();
  }
  tags_.reserve(tags);
  identifiers_.reserve(identifiers);
}

NameMap& Names::declared(btf::Type record) {
  const bool is_union =
      record.kind() == Kind::union_ || (record.kind() == Kind::forward && record.is_forward_union());
  return is_union ? unions_ : structs_;
}

std::string_view Names::other_name(btf::Type type) {
  return given_[type.id()] == Given::flavour ? flavours_.at(type.id()) : give(type);
}

std::string_view Names::give(btf::Type type) {
  const std::string_view name = type.name();
  if (!select::is_c_identifier(name)) {
    throw Error(format("type [{}]: '{}' is not a name in C", type.id(), name));
  }
  std::string_view given = name;
  if (type.kind() == Kind::typedef_) {
    // A typedef of the compiler's own cannot be defined once more.
    if (name.starts_with("__builtin_") && identifiers_.find(name) == nullptr) identifiers_[name] = 1;
    if (!is_base_typedef(types_, type)) given = claim(identifiers_, name);
  } else if (type.kind() == Kind::function) {
    // It is the kernel's symbol that goes by this name.
    if (claim(identifiers_, name) != name) {
      throw Error(format("type [{}]: function '{}' has the name of another type", type.id(), name));
    }
  } else if (type.is_enum()) {
    given = claim(tags_, name);
  } else {
    // A forward declaration means the type of its kind and name, wherever that is or is not defined.
    btf::TypeId* const meant = declared(type).find(name);
    const bool is_first = meant != nullptr && *meant == 0;
    if (is_first) *meant = type.id();
    given = is_first || type.kind() != Kind::forward ? claim(tags_, name) : of(types_[*meant]);
  }
  given_[type.id()] = given == name ? Given::own : Given::flavour;
  if (given != name) flavours_.emplace(type.id(), given);
  return given;
}

std::string_view Names::claim_enumerator(std::string_view name) {
  if (!select::is_c_identifier(name)) throw Error(format("enumerator '{}' is not a name in C", name));
  return claim(identifiers_, name);
}

std::string_view Names::claim(NameMap& uses, std::string_view name) {
  std::uint32_t use = ++uses[name];
  if (use == 1) return name;
  std::string flavour = format("{}___{}", name, use);
  while (uses.find(flavour) != nullptr) flavour = format("{}___{}", name, ++use);
  uses[name] = use;
  const std::string& made = made_.emplace_back(std::move(flavour));
  uses[made] = 1;
  return made;
}

std::string include_guard(std::string_view file_name) {
  std::string guard = "BPFBUILD_";
  for (const char c : file_name) {
    if (c >= 'a' && c <= 'z') {
      guard += static_cast<char>(c - 'a' + 'A');
    } else {
      guard += (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ? c : '_';
    }
  }
  return guard;
}

}  // namespace bpfbuild::emit
