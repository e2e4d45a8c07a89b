/// `bpfbuild fetch`: kernels for virtual machines.
#pragma once

#include <string>
#include <vector>

namespace bpfbuild::commands {

/// Fetches Debian's kernels that are not there yet, and prints the path of each image. Throws Error, of kind
/// `unavailable` without network or apt.
void fetch(const std::vector<std::string>& kernels);

}  // namespace bpfbuild::commands
