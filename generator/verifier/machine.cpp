#include <cstdio>

#include "support/error.hpp"
#include "support/format.hpp"
#include "verifier/report.hpp"
#include "verifier/verdict.hpp"
#include "vm/debian_kernels.hpp"
#include "vm/kernel_image.hpp"
#include "vm/libraries.hpp"

namespace bpfbuild::verifier {

namespace fs = std::filesystem;

namespace {

/// The tool that can run on the architecture.
fs::path choose_tool(const vm::Architecture& architecture, std::vector<fs::path> tools) {
  tools.push_back(fs::read_symlink("/proc/self/exe"));
  for (const fs::path& tool : tools) {
    const auto binary = vm::read_binary(tool);
    if (binary && binary->machine == architecture.elf_machine) return tool;
  }
  throw Error(format("there is no bpfbuild for {} to run there", architecture.machine),
              "build one and name it with --guest-tool, in CMake in BPFBUILD_GUEST_TOOLS",
              Error::Kind::unavailable);
}

}  // namespace

std::vector<Verdict> verify_in_machine(const vm::Options& machine, const std::vector<fs::path>& objects,
                                       const std::vector<std::string>& programs,
                                       const std::vector<fs::path>& tools) {
  vm::Options options = machine;
  const vm::KernelImage kernel = vm::read_kernel_image(vm::find_kernel(machine.kernel));
  std::vector<std::string> command = {choose_tool(*kernel.architecture, tools).native(), "verify", "--format",
                                      "json"};
  for (const std::string& program : programs) command.insert(command.end(), {"--program", program});
  for (const fs::path& object : objects) {
    command.push_back(object.native());
    options.files.push_back(object);
  }
  std::string output, errors;
  const int status = vm::run(
      options, command, [&](bool is_error, std::string_view text) { (is_error ? errors : output) += text; });
  // It ends with 1 also when programs were refused.
  if (status > 1 || output.empty()) {
    throw Error(format("bpfbuild ended with {} there: {}", status, errors)).at(machine.kernel.native());
  }
  return read_json(output);
}

}  // namespace bpfbuild::verifier
