/// What became of a type from one kernel to another, and whether CO-RE makes up for it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "btf/type_table.hpp"

namespace bpfbuild::compare {

enum class Change : std::uint8_t {
  missing,  // a type, field or enumerator that is not there any more
  renamed,  // missing too, but there is one of the same type with a name that is near
  added,
  moved,    // a field, to another offset
  resized,  // a type or field, to another size, width or count
  retyped,
  revalued,  // an enumerator
};

std::string_view name_of(Change change);

struct Difference {
  std::string type;    // "struct task_struct"
  std::string member;  // "tgid", "limits.high"; empty for the type itself
  Change change;
  std::string before;  // such as "byte 16", "4 bytes", "int"; empty when there is nothing to tell
  std::string after;
  bool bridged;  // CO-RE relocates accesses from one to the other
};

/// What a record, enum or typedef of one kernel, of the name that messages give it, is in another, in the
/// order of its fields. Names are compared without flavours, `___2`, and padding `__other0` is passed over,
/// as in the headers that bpfbuild writes.
///
/// A field is found by its name, wherever it is, and fits by the rules of libbpf's
/// bpf_core_fields_are_compat() and of its adjustment of loads to another size. Those do not look behind
/// pointers; here a pointer to a record of another name does not fit.
std::vector<Difference> compare(const btf::TypeTable& before, btf::TypeId type, std::string_view name,
                                const btf::TypeTable& after, btf::TypeId other);

/// The types of a kernel by their names.
class Counterparts {
 public:
  explicit Counterparts(const btf::TypeTable& types);

  /// The definition that a type of this keyword ("struct", "union", "enum", "typedef") and name is: of
  /// several the one that has most of `like`, a type of `before`. 0 when there is none.
  [[nodiscard]] btf::TypeId find(std::string_view keyword, std::string_view name,
                                 const btf::TypeTable& before, btf::TypeId like) const;

 private:
  [[nodiscard]] std::vector<btf::TypeId> named(std::string_view keyword, std::string_view name) const;

  const btf::TypeTable& types_;
  std::unordered_multimap<std::string_view, btf::TypeId> by_name_;
};

}  // namespace bpfbuild::compare
