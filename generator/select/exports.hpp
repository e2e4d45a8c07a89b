/// What a BPF object shares with user space: types by their names, and those of its maps and variables.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "btf/type_table.hpp"

namespace bpfbuild::select {

/// A type that user space is to have.
struct Export {
  btf::TypeId type;
  std::string alias;  // a name besides the type's own, if any: "counts_key" for the key of map counts
};

/// The types that a specification means: those of a name or pattern as in spec.hpp, but always whole, or
/// `map:NAME` for the keys and values of maps and `variable:NAME` for the types of global variables, where
/// NAME may be a pattern as well. `source` names the object in messages. Throws Error "--type 'TEXT': WHAT".
std::vector<Export> look_up_exports(const btf::TypeTable& types, std::string_view text,
                                    std::string_view source);

}  // namespace bpfbuild::select
