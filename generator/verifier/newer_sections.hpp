/// Programs whose sections are newer than the libbpf that opens them.
#pragma once

struct bpf_program;

namespace bpfbuild::verifier {

/// Gives a program that libbpf knows no type for the one that its section stands for, as newer versions do.
/// So what loads depends on the kernel, not on the libbpf that the tool is linked with.
void set_type_of_newer_section(bpf_program* program);

}  // namespace bpfbuild::verifier
