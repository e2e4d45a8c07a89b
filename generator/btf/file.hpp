/// BTF in files: raw, as the kernel shows it in /sys/kernel/btf, or the .BTF section of an ELF file.
#pragma once

#include <cstdint>
#include <filesystem>

#include "btf/type_table.hpp"
#include "support/file.hpp"

namespace bpfbuild::btf {

/// Where a Linux kernel shows its own types.
inline constexpr const char* running_kernel = "/sys/kernel/btf/vmlinux";

/// Opens a file that is to hold BTF. Throws Error, which tells a missing file, a kernel without BTF and a
/// lack of rights from each other.
InputFile open(const std::filesystem::path& path);

/// The bytes of BTF in an open file, unread so far as their meaning goes. Throws Error "PATH: WHAT".
Bytes read(const InputFile& file);

/// XXH3 of the bytes: tells one BTF from another.
std::uint64_t hash(const Bytes& btf);

}  // namespace bpfbuild::btf
