/// The names of sections by which libbpf tells what a program is for.
#pragma once

#include <string>
#include <string_view>

namespace bpfbuild::object {

/// Whether libbpf 1.1 or a newer one knows the name, as it stands in SEC("...").
bool is_program_section(std::string_view name);

/// What is wrong with a name that libbpf knows: "expected tracepoint/<category>/<name>"; empty for nothing.
std::string flaw_of_program_section(std::string_view name);

/// "did you mean 'tracepoint/syscalls/sys_enter_execve'?", or nothing when no name is near.
std::string suggest_program_section(std::string_view name);

}  // namespace bpfbuild::object
