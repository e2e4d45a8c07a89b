/// `bpfbuild compat`: whether objects load on kernels, as far as the types of these tell.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "commands/format.hpp"

namespace bpfbuild::commands {

struct CompatOptions {
  std::vector<std::filesystem::path> objects;
  /// A file for each kernel, or directories of them; one that has a file `vmlinux` is one kernel with its
  /// modules. Empty: the running kernel.
  std::vector<std::filesystem::path> btf;
  std::filesystem::path base_btf;  // the one kernel that all of `btf` are modules of
  bool with_resolved = false;
  Format format = Format::text;
};

/// Prints what each object wants of each kernel. False when one of them does not get it. Throws Error.
bool compat(const CompatOptions& options);

}  // namespace bpfbuild::commands
