#include "vm/debian_kernels.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "support/error.hpp"
#include "support/format.hpp"
#include "support/process.hpp"
#include "vm/architecture.hpp"

// Of vm/embedded.cpp.
extern "C" const char bpfbuild_fetch_kernel[], bpfbuild_fetch_kernel_end[];

namespace bpfbuild::vm {

namespace fs = std::filesystem;

namespace {

fs::path cache_directory() {
  const auto variable = [](const char* name) {
    const char* const value = std::getenv(name);
    return fs::path(value == nullptr ? "" : value);
  };
  if (const fs::path path = variable("BPFBUILD_KERNEL_CACHE"); !path.empty()) return path;
  if (const fs::path path = variable("XDG_CACHE_HOME"); !path.empty()) return path / "bpfbuild/kernels";
  if (const fs::path path = variable("HOME"); !path.empty()) return path / ".cache/bpfbuild/kernels";
  throw Error("no place for kernels", "set BPFBUILD_KERNEL_CACHE to a directory");
}

std::string this_debian_architecture() {
  const Architecture* const architecture = this_architecture();
  if (architecture == nullptr)
    throw Error::usage("this machine's kernels cannot be started", "name another: debian:SUITE/ARCH");
  return std::string(architecture->debian);
}

bool is_name(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

}  // namespace

fs::path DebianKernel::image() const { return cache_directory() / (suite + "-" + architecture) / "image"; }

std::optional<DebianKernel> parse_debian_kernel(std::string_view name) {
  constexpr std::string_view prefix = "debian:";
  if (!name.starts_with(prefix)) return std::nullopt;
  const std::string_view rest = name.substr(prefix.size());
  const std::size_t slash = rest.find('/');
  DebianKernel kernel;
  kernel.suite = rest.substr(0, slash);
  kernel.architecture =
      slash == std::string_view::npos ? this_debian_architecture() : std::string(rest.substr(slash + 1));
  if (!is_name(kernel.suite) || !is_name(kernel.architecture))
    throw Error::usage(format("'{}' is no kernel of Debian", name),
                       "expected such as debian:bookworm or debian:trixie/arm64");
  return kernel;
}

void fetch(const DebianKernel& kernel) {
  const std::string script(bpfbuild_fetch_kernel, bpfbuild_fetch_kernel_end);
  const auto result = bpfbuild::run({"sh", "-c", script, "bpfbuild", kernel.suite, kernel.architecture,
                                     kernel.image().parent_path().native()});
  if (!result) throw Error(format("cannot run sh: {}", std::strerror(errno)));
  if (*result == 0) return;
  throw Error("could not be fetched", {}, *result == 77 ? Error::Kind::unavailable : Error::Kind::bad_input)
      .at(kernel.name());
}

fs::path find_kernel(const fs::path& argument) {
  if (const auto kernel = parse_debian_kernel(argument.native())) {
    const fs::path image = kernel->image();
    if (fs::exists(image)) return image;
    throw Error("has not been fetched", "run: bpfbuild fetch " + kernel->name(), Error::Kind::unavailable)
        .at(kernel->name());
  }
  if (!fs::exists(argument))
    throw Error("no such kernel", {}, Error::Kind::unavailable).at(argument.native());
  return argument;
}

}  // namespace bpfbuild::vm
