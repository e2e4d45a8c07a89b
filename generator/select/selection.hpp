/// Which types a request comes down to.
#pragma once

#include <map>
#include <vector>

#include "btf/type_table.hpp"
#include "select/fields.hpp"
#include "select/lookup.hpp"

namespace bpfbuild::select {

/// The types to write. Enums and typedefs are written wherever something mentions them; a record that is not
/// to be defined is only declared.
struct Selection {
  /// What was asked for, in that order, each type once.
  std::vector<btf::TypeId> roots;

  /// The records to define and how much of each; also the typedefs of unnamed records that are wanted in
  /// part.
  std::map<btf::TypeId, Fields> definitions;

  /// How much of a type is written where it is defined.
  [[nodiscard]] Fields fields_of(btf::TypeId id) const;
  [[nodiscard]] bool defines(btf::TypeId id) const { return definitions.count(id) != 0; }
};

/// Adds to the roots all that they embed by value, so that each of them is complete. A type that is wanted in
/// part but embedded in another is wanted whole.
Selection close_by_value(const btf::TypeTable& types, const std::vector<Root>& roots);

}  // namespace bpfbuild::select
