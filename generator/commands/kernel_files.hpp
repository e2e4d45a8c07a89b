/// The arguments of --btf, --base-btf and --tracepoints-from.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace bpfbuild::commands {

/// The files that the types of one kernel are read from; see btf::Sources.
struct KernelFiles {
  std::string architecture;  // empty when none was named
  std::vector<std::filesystem::path> btf;
  std::filesystem::path base;
  std::filesystem::path tracepoints;  // a copy of tracefs; empty when none was named
};

/// Takes arguments of the forms FILE, all of them for one kernel, and ARCH=FILE, for a kernel of each
/// architecture, in the order of their first mention. ARCH is a name as in __TARGET_ARCH_<ARCH>. Throws Error
/// of kind usage.
std::vector<KernelFiles> kernel_files(const std::vector<std::string>& btf,
                                      const std::vector<std::string>& base_btf,
                                      const std::vector<std::string>& tracepoints_from = {});

/// The files of a directory, sorted. Throws Error when there are none.
std::vector<std::filesystem::path> files_in(const std::filesystem::path& directory);

}  // namespace bpfbuild::commands
