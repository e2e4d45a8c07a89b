#include "commands/kernel_files.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "support/error.hpp"
#include "support/format.hpp"
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
    throw Error::usage(format("{} '{}': '{}' is not an architecture", option, text, argument.architecture),
                       "expected " + quoted_alternatives({architectures.begin(), architectures.end()}));
  }
  if (argument.file.empty()) throw Error::usage(format("{} '{}': no file", option, text));
  return argument;
}

}  // namespace

std::vector<KernelFiles> kernel_files(const std::vector<std::string>& btf,
                                      const std::vector<std::string>& base_btf,
                                      const std::vector<std::string>& tracepoints_from) {
  std::vector<KernelFiles> kernels;
  const auto kernel_of = [&](const std::string& architecture) -> KernelFiles* {
    const auto found = std::find_if(kernels.begin(), kernels.end(),
                                    [&](const auto& kernel) { return kernel.architecture == architecture; });
    return found == kernels.end() ? nullptr : &*found;
  };
  for (const std::string& text : btf) {
    Argument argument = parse("--btf", text);
    if (kernel_of(argument.architecture) == nullptr)
      kernels.emplace_back().architecture = argument.architecture;
    kernel_of(argument.architecture)->btf.emplace_back(std::move(argument.file));
  }
  if (kernels.empty()) kernels.emplace_back();
  if (kernels.size() > 1 && kernel_of({}) != nullptr) {
    throw Error::usage(format("--btf '{}': no architecture", kernel_of({})->btf.front().native()),
                       "write ARCH=FILE, as for the other kernel");
  }
  // What belongs to the kernel of an architecture, or, without one, to the only kernel.
  const auto add = [&](std::string_view option, const std::vector<std::string>& texts,
                       std::filesystem::path KernelFiles::*member) {
    for (const std::string& text : texts) {
      Argument argument = parse(option, text);
      const bool is_of_all = argument.architecture.empty() && kernels.size() == 1;
      KernelFiles* const kernel = is_of_all ? &kernels.front() : kernel_of(argument.architecture);
      const auto fail = [&](std::string_view what, std::string_view what_to_do = {}) {
        return Error::usage(format("{} '{}': {}", option, text, what), what_to_do);
      };
      if (kernel == nullptr && argument.architecture.empty()) {
        throw fail("no architecture", "write ARCH=FILE, as for --btf");
      }
      if (kernel == nullptr) throw fail("no --btf is of this architecture");
      if (!(kernel->*member).empty()) throw fail("there is one already");
      kernel->*member = std::move(argument.file);
    }
  };
  add("--base-btf", base_btf, &KernelFiles::base);
  add("--tracepoints-from", tracepoints_from, &KernelFiles::tracepoints);
  return kernels;
}

std::vector<std::filesystem::path> files_in(const std::filesystem::path& directory) {
  std::vector<std::filesystem::path> files;
  for (const std::filesystem::directory_entry& entry : std::filesystem::directory_iterator(directory)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  if (files.empty()) throw Error("has no files", "expected BTF of kernels in it").at(directory.native());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace bpfbuild::commands
