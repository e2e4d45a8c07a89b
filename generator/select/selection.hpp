/// Which types a request comes down to.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "btf/type_table.hpp"
#include "select/fields.hpp"
#include "select/lookup.hpp"

namespace bpfbuild::select {

/// How far a type that is wanted whole is followed.
enum class Closure {
  fields,   // to its own fields: the records it embeds have their size and alignment, but no members
  value,    // to all that it embeds by value; what it points to is only declared
  pointer,  // to all that it embeds and points to
};

/// How much of a record is written.
enum class Extent : std::uint8_t {
  none,    // it is at most declared
  part,    // some of its fields, at offsets of their own; of an enum, some enumerators
  opaque,  // its size and alignment, but no members
  whole,
};

/// The types to write. Enums and typedefs are written wherever something mentions them; a record that is not
/// to be defined is only declared.
class Selection {
 public:
  explicit Selection(const btf::TypeTable& types) : extents_(types.id_count(), Extent::none) {}

  /// What was asked for and what was reached through pointers, in that order, each type once.
  std::vector<btf::TypeId> roots;

  /// Of a record; also of an enum, or a typedef of what has no name, that is wanted in part.
  [[nodiscard]] Extent extent_of(btf::TypeId id) const { return extents_[id]; }
  [[nodiscard]] bool defines(btf::TypeId id) const { return extents_[id] != Extent::none; }

  /// How much of a type is written where it is defined.
  [[nodiscard]] const Fields& fields_of(btf::TypeId id) const;

 private:
  friend class Closing;
  friend Selection everything(const btf::TypeTable& types);

  std::vector<Extent> extents_;            // by type id
  std::map<btf::TypeId, Fields> partial_;  // of those in part
};

/// Adds to the roots what their definitions need, so that each of them is complete, and what `closure` asks
/// for besides. A type that is wanted in part but embedded in a whole one is wanted whole.
Selection close(const btf::TypeTable& types, const std::vector<Root>& roots, Closure closure);

/// Every type that can be written: records, enums and typedefs with names, and the enums that no other
/// type spells.
std::vector<Root> every_type(const btf::TypeTable& types);

/// What close() makes of every type and every kfunc, in much less time and memory.
Selection everything(const btf::TypeTable& types);

}  // namespace bpfbuild::select
