/// The files that a command reads its types from: one with whole BTF, or modules with those of their kernel.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "btf/file.hpp"
#include "btf/type_table.hpp"
#include "support/file.hpp"

namespace bpfbuild::btf {

/// The types of a kernel, and what is known of it.
struct Kernel {
  TypeTable types;
  TypeId module_types;      // those from here on are of modules
  std::string release;      // empty when unknown
  std::uint64_t hash;       // of the bytes that the types come from
  bool from_dwarf = false;  // made by pahole, at least in part
};

/// The arguments of --btf and --base-btf, open for reading.
class Sources {
 public:
  /// Opens the files: the running kernel's BTF when there are none, and also that as the base of modules
  /// which /sys/kernel/btf shows. `base` is empty when no base was named. Throws Error.
  explicit Sources(const std::vector<std::filesystem::path>& files, const std::filesystem::path& base = {});

  /// How messages call the files: "vmlinux", "nf_tables.ko + nf_nat.ko".
  [[nodiscard]] std::string name() const;

  /// Reads the files. Modules go on the named base, else on the one file with whole BTF among the files.
  /// Throws Error, which names the file, and tells of a missing base and of more than one.
  [[nodiscard]] Kernel read() const;

 private:
  std::vector<InputFile> files_;
  std::optional<InputFile> base_;
};

}  // namespace bpfbuild::btf
