/// Debian's kernels, by name: `debian:bookworm` for this machine's architecture, `debian:bookworm/arm64`.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace bpfbuild::vm {

struct DebianKernel {
  std::string suite, architecture;  // as Debian calls it

  [[nodiscard]] std::string name() const { return "debian:" + suite + "/" + architecture; }
  /// Where its image is, or will be when it is fetched: below BPFBUILD_KERNEL_CACHE of the environment, or
  /// the user's cache directory.
  [[nodiscard]] std::filesystem::path image() const;
};

/// Nothing for what does not begin with debian:. Throws Error of kind usage for what is no such name.
std::optional<DebianKernel> parse_debian_kernel(std::string_view name);

/// Fetches it with apt unless it is there. Throws Error, of kind `unavailable` without network or apt; the
/// reason is on standard error then.
void fetch(const DebianKernel& kernel);

/// The file that an argument of --kernel stands for. Throws Error, of kind `unavailable` when it is not
/// there.
std::filesystem::path find_kernel(const std::filesystem::path& argument);

}  // namespace bpfbuild::vm
