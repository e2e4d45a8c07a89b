/// Base types in C.
#pragma once

#include <string_view>

#include "btf/type_table.hpp"

namespace bpfbuild::emit {

/// How C for BPF spells an integer or floating point type: the way BTF names it if that has the same size on
/// BPF, or else some type of that size and signedness (`long` of a 32-bit kernel, the vector elements of
/// arm64). Throws Error when BPF has none of that size.
std::string_view spelling_of_base_type(btf::Type type);

}  // namespace bpfbuild::emit
