/// How much of a record is wanted.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>

#include "btf/type_table.hpp"
#include "support/text.hpp"

namespace bpfbuild::select {

/// All members of a struct or union, or some of them. A member that has no name, an anonymous struct or
/// union, may in turn be wanted in part only: its members count as those of the record around it.
struct Fields {
  bool all = false;
  std::map<std::uint32_t, Fields> chosen;  // by the member's index; means nothing when all are

  static Fields whole() { return {true, {}}; }

  [[nodiscard]] bool includes(std::uint32_t index) const { return all || chosen.count(index) != 0; }
  /// How much of an included member is wanted.
  [[nodiscard]] const Fields& of(std::uint32_t index) const { return all ? *this : chosen.at(index); }

  /// Wants what either of both wants.
  void merge(const Fields& other);
};

/// The record whose members stand for an unnamed member; nothing where the member has a name or is no record.
std::optional<btf::Type> inlined_record(const btf::TypeTable& types, const btf::Member& member);

/// Adds the field with this name to `fields`, looking into unnamed members too. False when there is none.
bool choose_field(const btf::TypeTable& types, btf::Type record, std::string_view name, Fields& fields);

/// Offers the names of all fields, those of unnamed members too.
void consider_fields(const btf::TypeTable& types, btf::Type record, NearestNames& nearest);

}  // namespace bpfbuild::select
