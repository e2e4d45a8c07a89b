/// The records of tracepoints as structs in C.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "btf/type_table.hpp"
#include "emit/names.hpp"
#include "select/record.hpp"

namespace bpfbuild::emit {

/// Appends the structs, with explicit padding and with checks of each offset, and how to get at data behind
/// the records. `names` are those of the types in the same header, and `source` is what the records are of,
/// for its reader: "tracefs of Linux 6.1". What is written must not stand under `preserve_access_index`: the
/// kernel has no types of these names. Throws Error when two records would have the same name.
void append_records(std::string& text, const btf::TypeTable& types, std::span<const select::Record> records,
                    std::string_view source, Names& names);

}  // namespace bpfbuild::emit
