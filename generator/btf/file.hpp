/// Files with BTF: raw, as the kernel shows it in /sys/kernel/btf, ELF files, and kernel images.
#pragma once

#include <cstdint>
#include <filesystem>

#include "btf/image.hpp"
#include "support/file.hpp"

namespace bpfbuild::btf {

/// Where a Linux kernel shows its own types.
inline constexpr const char* running_kernel = "/sys/kernel/btf/vmlinux";

/// Opens a file that is to hold BTF. Throws Error, which tells a missing file, a kernel without BTF and a
/// lack of rights from each other.
InputFile open(const std::filesystem::path& path);

/// The BTF in an open file, compressed or not: made by pahole from DWARF where there is nothing else. Throws
/// Error "PATH: WHAT".
Contents read(const InputFile& file);

/// XXH3 of the bytes: tells one BTF from another. `before` is the hash of what they follow.
std::uint64_t hash(const Bytes& btf, std::uint64_t before = 0);

}  // namespace bpfbuild::btf
