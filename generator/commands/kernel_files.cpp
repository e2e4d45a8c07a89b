#include "commands/kernel_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "support/error.hpp"
#include "support/text.hpp"

namespace bpfbuild::commands {

namespace {

/// Those of bpf_tracing.h.
constexpr std::array<std::string_view, 11> architectures{
    "arc", "arm", "arm64", "i386", "loongarch", "mips", "powerpc", "riscv", "s390", "sparc", "x86"};

struct Argument {
  std::string architecture;
  std::string file;
};

/// "x86=FILE", or "FILE"; a file whose name has a = can be written as "./a=b".
Argument parse(std::string_view option, const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos || text.find('/') < equals) return {{}, text};
  Argument argument{text.substr(0, equals), text.substr(equals + 1)};
  if (std::find(architectures.begin(), architectures.end(), argument.architecture) == architectures.end()) {
    throw Error::usage(
        fmt::format("{} '{}': '{}' is not an architecture", option, text, argument.architecture),
        "expected " + quoted_alternatives({architectures.begin(), architectures.end()}));
  }
  if (argument.file.empty()) throw Error::usage(fmt::format("{} '{}': no file", option, text));
  return argument;
}

}  // namespace

std::vector<KernelFiles> kernel_files(const std::vector<std::string>& btf,
                                      const std::vector<std::string>& base_btf) {
  std::vector<KernelFiles> kernels;
  const auto kernel_of = [&](const std::string& architecture) -> KernelFiles* {
    const auto found = std::find_if(kernels.begin(), kernels.end(),
                                    [&](const auto& kernel) { return kernel.architecture == architecture; });
    return found == kernels.end() ? nullptr : &*found;
  };
  for (const std::string& text : btf) {
    Argument argument = parse("--btf", text);
    if (kernel_of(argument.architecture) == nullptr) kernels.push_back({argument.architecture, {}, {}});
    kernel_of(argument.architecture)->btf.emplace_back(std::move(argument.file));
  }
  if (kernels.empty()) kernels.emplace_back();
  if (kernels.size() > 1 && kernel_of({}) != nullptr) {
    throw Error::usage(fmt::format("--btf '{}': no architecture", kernel_of({})->btf.front().native()),
                       "write ARCH=FILE, as for the other kernel");
  }
  for (const std::string& text : base_btf) {
    Argument argument = parse("--base-btf", text);
    KernelFiles* const kernel = kernel_of(argument.architecture);
    if (kernel == nullptr) {
      throw Error::usage(fmt::format("--base-btf '{}': no --btf is of this architecture", text));
    }
    if (!kernel->base.empty()) throw Error::usage(fmt::format("--base-btf '{}': there is one already", text));
    kernel->base = std::move(argument.file);
  }
  return kernels;
}

}  // namespace bpfbuild::commands
