/// BTF for kernels that have none.
#pragma once

#include <filesystem>

#include "support/file.hpp"

namespace bpfbuild::btf {

/// Has pahole turn the DWARF of an ELF file into BTF, by way of a file in the directory for temporary ones.
/// Throws Error when pahole is not installed (the message names its package) or fails.
Bytes encode_dwarf(const std::filesystem::path& elf);

/// The same for an ELF file in memory.
Bytes encode_dwarf(const Bytes& elf);

}  // namespace bpfbuild::btf
