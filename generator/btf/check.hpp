/// The checks that make a table of types trustworthy.
#pragma once

#include "btf/type_table.hpp"

namespace bpfbuild::btf {

/// Checks every type of a table that has been indexed: names and references lie within the table, counts,
/// flags and sizes fit the kind, members lie within their struct, and no type consists of itself. Of a valid
/// table can be said that following types ends after at most `deepest_nesting` steps, however one goes.
///
/// The rules are those of btf_check_meta() and btf_resolve() in kernel/bpf/btf.c as far as safety and meaning
/// depend on them. Throws Error "type [ID] KIND 'NAME': WHAT".
void check(const TypeTable& types);

/// The part of check() that looks for loops. References must have been checked.
void check_nesting(const TypeTable& types);

inline constexpr int deepest_nesting = 200;

}  // namespace bpfbuild::btf
