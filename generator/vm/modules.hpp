/// Modules of kernels, for guests to load.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "support/file.hpp"

namespace bpfbuild::vm {

struct Module {
  std::string name;
  Bytes bytes;  // not compressed
};

/// The modules of these names, and what they depend on, in the order to load them. A name with a slash is a
/// file. The others are in the folder `modules` beside the image, or, if that is called vmlinuz-RELEASE, in
/// lib/modules/RELEASE beside its directory or in the root directory. A kernel without any such folder is
/// taken to have them built in. Throws Error, of kind `unavailable` for a module that the kernel does not
/// have.
std::vector<Module> find_modules(const std::filesystem::path& image, const std::vector<std::string>& names);

}  // namespace bpfbuild::vm
