/// From the names of enumerators to the enums that have them.
#pragma once

#include <string_view>
#include <vector>

#include "btf/type_table.hpp"
#include "select/fields.hpp"
#include "select/spec.hpp"

namespace bpfbuild::select {

/// What brings the enumerators of `enum:NAME,...`: the enums that have them, or for an enum without a name
/// what spells it, a typedef or a record. `source` names the BTF in messages. Throws Error "--type 'TEXT':
/// WHAT", also when a name that is no pattern belongs to several enums.
std::vector<Root> look_up_enumerators(const btf::TypeTable& types, const TypeSpec& spec,
                                      std::string_view source);

}  // namespace bpfbuild::select
