/// In which order C needs the definitions.
#pragma once

#include <vector>

#include "btf/type_table.hpp"
#include "select/selection.hpp"

namespace bpfbuild::emit {

struct Order {
  std::vector<btf::TypeId> definitions;   // records, enums and typedefs, each after what it needs
  std::vector<btf::TypeId> declarations;  // records to declare ahead of all definitions
  std::vector<btf::TypeId> functions;     // to declare behind them
};

/// Orders a closed selection. The same selection always gives the same order.
/// Throws Error when there is none, which no BTF of C code does.
Order order(const btf::TypeTable& types, const select::Selection& selection);

}  // namespace bpfbuild::emit
