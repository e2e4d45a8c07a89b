/// How much of a record is wanted.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "btf/type_table.hpp"
#include "support/text.hpp"

namespace bpfbuild::select {

/// All members of a struct or union, or some of them; or enumerators of an enum. A member that is a record,
/// or an array of them, may in turn be wanted in part only. If it has no name, its members count as those of
/// the record around it.
struct Fields {
  bool all = false;
  std::map<std::uint32_t, Fields> chosen;  // by the member's index; means nothing when all are

  static const Fields& whole() {
    static const Fields fields{true, {}};
    return fields;
  }

  [[nodiscard]] bool includes(std::uint32_t index) const { return all || chosen.count(index) != 0; }
  /// How much of an included member is wanted.
  [[nodiscard]] const Fields& of(std::uint32_t index) const { return all ? *this : chosen.at(index); }

  /// Wants what either of both wants.
  void merge(const Fields& other);
};

/// The record whose members stand for an unnamed member; nothing where the member has a name or is no record.
inline std::optional<btf::Type> inlined_record(const btf::TypeTable& types, btf::Type record,
                                               std::uint32_t index) {
  if (!record.is_member_anonymous(index)) return std::nullopt;
  const btf::Type type = types.resolved(record.member_type(index));
  return type.is_record() ? std::optional(type) : std::nullopt;
}

/// A type that is to be defined, and how much of it.
struct Root {
  btf::TypeId type;       // a record, enum, typedef or function
  Fields fields;          // of the record or enum, or of the unnamed one that the typedef names
  bool complete = false;  // its size is wanted even if no field is; else such a type is only declared
  bool is_exact = false;  // enums that it mentions come with the enumerators that other roots name, not whole
};

/// Where a path ends that leads nowhere.
struct DeadEnd {
  btf::TypeId type;        // has no such field, or no fields at all
  std::size_t names_left;  // of the path
};

/// The record or enum without a name that a type is spelled by, or spells an array of: it has no definition
/// elsewhere.
std::optional<btf::Type> spelled_type(const btf::TypeTable& types, btf::TypeId id);

/// Adds the fields that a path means to `fields`, looking into unnamed members too. What lies behind a
/// pointer is a type of its own and goes to `behind_pointers`, in part as well. Nothing, or, where no field
/// fits the path, how far it leads.
std::optional<DeadEnd> choose_fields(const btf::TypeTable& types, btf::Type record,
                                     std::span<const std::string> path, Fields& fields,
                                     std::vector<Root>& behind_pointers);

/// Offers the names of all fields, those of unnamed members too.
void consider_fields(const btf::TypeTable& types, btf::Type record, NearestNames& nearest);

}  // namespace bpfbuild::select
