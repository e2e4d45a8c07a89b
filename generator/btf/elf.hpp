/// ELF files: objects, kernels and modules.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "support/file.hpp"

struct Elf;

namespace bpfbuild::btf {

/// An ELF file of either byte order, open or in memory.
class ElfFile {
 public:
  /// Both throw Error "damaged ELF file: REASON". The file must stay open, the bytes are kept.
  explicit ElfFile(const InputFile& file);
  explicit ElfFile(const Bytes& bytes);

  /// Contents of the first section with this name; nothing without one, or when it is empty. Throws Error
  /// when the file is damaged, or the section is larger than any that is of use.
  [[nodiscard]] std::optional<Bytes> section(std::string_view name) const;

  /// The release of the kernel that the file is, or is a module of: "6.1.0-44-amd64"; empty when unknown.
  [[nodiscard]] std::string kernel_release() const;

 private:
  void find_names();

  std::shared_ptr<const void> memory_;
  std::shared_ptr<Elf> elf_;
  std::size_t names_ = 0;  // index of the section of section names
};

/// The release out of the banner of a kernel, "Linux version RELEASE (...", that lies somewhere in the bytes;
/// empty when there is none.
std::string kernel_release_in(std::span<const std::byte> bytes);

}  // namespace bpfbuild::btf
