/// The checks that make a table of types trustworthy.
///
/// Types form a graph that is full of legitimate loops: a list's node holds a pointer to a node. Two ways of
/// walking it must end nonetheless:
///
/// - by value, from a record to its members and from an array to its elements, or a type would contain
/// itself;
/// - by spelling, through pointers, modifiers, typedefs, arrays, function prototypes and the bodies of
///   anonymous records and of unnamed members, all of which are written out where they are used. A record
///   with a name ends this walk elsewhere: its name is all that is written.
///
/// Each walk keeps how deep the types below each one nest. A limit on that depth bounds the stack of these
/// and of all later walks, and one on the words of all that is spelled bounds their time.
#pragma once

#include <cstdint>

#include "btf/type_table.hpp"

namespace bpfbuild::btf {

/// Checks every type of a table that has been indexed: names and references lie within the table, counts and
/// sizes fit the kind, members lie within their record, and following types comes to an end.
///
/// The rules are those of btf_check_meta() and btf_resolve() in kernel/bpf/btf.c as far as safety and meaning
/// depend on them. Throws Error "type [ID] KIND 'NAME': WHAT".
void check(const TypeTable& types);

/// The part of check() that walks by spelling. All names and references must have been checked.
void check_spelling(const TypeTable& types);

/// Depth of a type in one of the walks: 0 before it was visited, then 1 and more.
using Depth = std::uint8_t;

inline constexpr Depth unvisited = 0;
inline constexpr Depth in_progress = 255;
inline constexpr Depth deepest_nesting = 200;  // the kernel allows 32
inline constexpr const char* too_deep = "nests more than 200 types deep";

constexpr bool is_known(Depth depth) { return depth != unvisited && depth != in_progress; }

}  // namespace bpfbuild::btf
