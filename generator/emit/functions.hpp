/// The functions of the kernel that programs can call.
#pragma once

#include <string_view>
#include <vector>

#include "btf/type_table.hpp"
#include "emit/definition.hpp"
#include "emit/reasons.hpp"
#include "support/text_buffer.hpp"

namespace bpfbuild::emit {

/// What prototypes are written with, as bpf_helpers.h has it, which may come before or after.
inline constexpr std::string_view ksym_macros = R"(
#ifndef __ksym
#define __ksym __attribute__((section(".ksyms")))
#endif
#ifndef __weak
#define __weak __attribute__((weak))
#endif
)";

/// Appends their prototypes to `text`, the one that the writer writes to, sorted by name; nothing for none,
/// unless there are reasons, for programs that may have the macros for prototypes of their own from bpftool's
/// vmlinux.h. They are weak, stand under the macro of that header that leaves them out, and agree with the
/// headers of libbpf 1.1 to 1.7. Throws Error when one cannot be written.
void append_functions(TextBuffer& text, const btf::TypeTable& types, std::vector<btf::TypeId> ids,
                      DefinitionWriter& writer, const Reasons* reasons);

}  // namespace bpfbuild::emit
