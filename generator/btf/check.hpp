/// The checks that make a table of types trustworthy.
#pragma once

#include "btf/type_table.hpp"

namespace bpfbuild::btf {

/// Checks every type of a table that has been indexed: names and references lie within the table, counts and
/// sizes fit the kind, members lie within their record, and following types comes to an end.
///
/// The rules are those of btf_check_meta() and btf_resolve() in kernel/bpf/btf.c as far as safety and meaning
/// depend on them. Throws Error "type [ID] KIND 'NAME': WHAT".
void check(const TypeTable& types);

/// How deep types may nest, see check.cpp. The kernel allows 32.
inline constexpr int deepest_nesting = 200;

}  // namespace bpfbuild::btf
