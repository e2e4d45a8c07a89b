/// Bytes of BTF to a checked table of types.
#pragma once

#include <span>

#include "btf/type_table.hpp"
#include "support/file.hpp"

namespace bpfbuild::btf {

/// Reads BTF of either byte order. Whatever the bytes are, the result can be used without further care, or
/// there is none. Takes memory in proportion to the bytes.
///
/// Throws Error: ".BTF: WHAT" for the header and the sections, "type [ID] KIND 'NAME': WHAT" for a type.
TypeTable parse(const Bytes& bytes);

}  // namespace bpfbuild::btf
