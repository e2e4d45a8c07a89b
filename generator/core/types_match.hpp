/// Whether a type of an object and one of a kernel count as the same to CO-RE; see libbpf's relo_core.c.
///
/// Types are given with their tables: first the object's, then the kernel's.
#pragma once

#include <exception>
#include <string>
#include <utility>

#include "btf/type_table.hpp"

namespace bpfbuild::core {

/// What libbpf gives up on, and with it on loading the object.
class Refusal : public std::exception {
 public:
  explicit Refusal(std::string reason) : reason_(std::move(reason)) {}
  [[nodiscard]] const char* what() const noexcept override { return reason_.c_str(); }

 private:
  std::string reason_;
};

/// A type, and the table that it is in.
struct TypeRef {
  const btf::TypeTable* table;
  btf::TypeId id;

  [[nodiscard]] btf::Type type() const { return (*table)[id]; }
  /// Behind modifiers and typedefs.
  [[nodiscard]] TypeRef resolved() const { return {table, table->resolved(id).id()}; }
  [[nodiscard]] TypeRef at(btf::TypeId other) const { return {table, other}; }
};

/// Whether both are of one kind, enums of either width being one.
bool are_of_one_kind(btf::Type local, btf::Type target);

/// Whether a field's type may stand for the other: records for records, pointers for pointers, integers for
/// integers of whatever size.
bool fields_are_compatible(TypeRef local, TypeRef target);

/// The rule of bpf_core_type_exists(), of variables and of kfuncs, for types whose names are the same
/// already. Throws Refusal for types that are too deep.
bool types_are_compatible(TypeRef local, TypeRef target);

/// The rule of bpf_core_type_matches(). Throws Refusal for types that are too deep.
bool types_match(TypeRef local, TypeRef target);

}  // namespace bpfbuild::core
