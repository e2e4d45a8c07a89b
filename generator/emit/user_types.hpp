/// Types of a BPF object as a header for user space.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "btf/type_table.hpp"
#include "select/exports.hpp"

namespace bpfbuild::emit {

/// A header in C11 and C++11 with these types, and with all that they hold by value, for programs that
/// exchange them with the object. On every machine they have the layout that they have in BPF: integers are
/// of fixed width, pointers are uint64_t, padding is explicit, and the compiler checks size, alignment and
/// the offset of each member.
///
/// With `shared_headers`, which define the types for both sides, it includes these instead of defining
/// anything but the aliases, and checks that what they say to user space has sizes, offsets and enumerators
/// of the object. `object` names it. Throws Error for what cannot be written.
std::string user_types(const btf::TypeTable& types, const std::vector<select::Export>& exports,
                       const std::vector<std::string>& shared_headers, std::string_view object,
                       std::string_view file_name);

}  // namespace bpfbuild::emit
