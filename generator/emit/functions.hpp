/// The functions of the kernel that programs can call.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "btf/type_table.hpp"
#include "emit/definition.hpp"

namespace bpfbuild::emit {

/// Appends their prototypes to `text`, the one that the writer writes to, sorted by name; nothing for none.
/// They are weak, stand under the macro of bpftool's vmlinux.h that leaves them out, and agree with the
/// headers of libbpf 1.1 to 1.7. Throws Error when one cannot be written.
void append_functions(std::string& text, const btf::TypeTable& types, std::vector<btf::TypeId> ids,
                      DefinitionWriter& writer);

}  // namespace bpfbuild::emit
