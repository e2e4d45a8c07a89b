/// Where BTF is in the contents of a file: by itself, in ELF, or in a kernel image as boot loaders take it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "btf/elf.hpp"
#include "support/file.hpp"

namespace bpfbuild::btf {

/// BTF out of a file, unread so far as its meaning goes, and whose it is.
struct Contents {
  Bytes btf;
  std::string kernel_release;  // empty when the file does not tell
  Bytes elf_with_dwarf;        // instead of BTF
  bool from_dwarf = false;     // made by pahole, not by the build of the kernel
};

/// The work that may still go into one file: it can be made to take any amount.
struct Work {
  std::size_t bytes = std::size_t{1} << 30;  // to decompress
  int attempts = 64;                         // to decompress or to parse something
  int layers = 4;                            // of what is compressed within what is compressed
};

/// The .BTF section. Throws Error when there is neither BTF nor DWARF; with nothing but DWARF, `btf` is empty
/// and `from_dwarf` set.
Contents read_elf(const ElfFile& elf);

/// BTF anywhere in a file. A kernel image is flat, as on arm64, where its BTF lies somewhere, or compressed
/// within a program that decompresses it when the machine starts, as on x86 and s390 and in an EFI zboot
/// image; and it may be compressed as a whole. No image has a directory of what is in it, so both BTF and
/// compressed data are looked for by how they begin, and taken when they prove to be what they seem: BTF,
/// when it parses and describes a kernel.
///
/// Nothing for what is neither BTF nor ELF nor a kernel image. Throws Error for a kernel without BTF, for
/// damaged contents, and for what would take more work than is left.
std::optional<Contents> find_btf(const Bytes& file, Work& work);

}  // namespace bpfbuild::btf
