/// What definitions of enums in C have in common.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "btf/type_table.hpp"
#include "select/fields.hpp"

namespace bpfbuild::emit {

/// What to write of an enum so that it has the enumerators that are wanted, and in C the size and the sign
/// that it has with all of them.
select::Fields enumerators_of(btf::Type type, const select::Fields& wanted);

/// What makes an enum take the bytes that it takes in BTF, behind its closing brace; empty for 4 bytes.
std::string_view enum_attribute(btf::Type type);

/// The value of an enumerator, as a constant in C.
std::string enumerator_value(btf::Type type, std::int64_t value);

}  // namespace bpfbuild::emit
