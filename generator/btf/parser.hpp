/// BTF to a checked table of types.
#pragma once

#include "btf/sections.hpp"
#include "btf/type_table.hpp"
#include "support/file.hpp"

namespace bpfbuild::btf {

/// Reads BTF of either byte order. Whatever the bytes are, the result can be used without further care, or
/// there is none. Takes memory in proportion to the bytes.
///
/// Throws Error: ".BTF: WHAT" for the header and the sections, "type [ID] KIND 'NAME': WHAT" for a type.
TypeTable parse(const Bytes& bytes);

/// The same for sections that have been read, or joined from several.
TypeTable parse(Sections sections);

}  // namespace bpfbuild::btf
