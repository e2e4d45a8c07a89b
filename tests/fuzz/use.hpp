/// What commands do with types that were read.
#pragma once

#include <vector>

#include "btf/type_table.hpp"
#include "emit/header.hpp"
#include "select/selection.hpp"

namespace bpfbuild::fuzz {

/// Writes these types in C.
inline void use(const btf::TypeTable& types, const std::vector<select::Root>& roots,
                select::Closure closure) {
  emit::body(types, select::close(types, roots, closure));
}

/// Reads all there is of every type, and writes a header with all of them.
inline void use(const btf::TypeTable& types, select::Closure closure) {
  for (btf::TypeId id = 0; id < types.id_count(); ++id) {
    const btf::Type type = types[id];
    static_cast<void>(types.describe(id));
    static_cast<void>(types.size_of(id));
    for (std::uint32_t i = 0; type.is_record() && i < type.item_count(); ++i) {
      static_cast<void>(type.member(i));
    }
    for (std::uint32_t i = 0; type.is_enum() && i < type.item_count(); ++i) {
      static_cast<void>(type.enumerator(i));
    }
  }
  static_cast<void>(types.find("task_struct"));
  use(types, select::every_type(types), closure);
}

}  // namespace bpfbuild::fuzz
