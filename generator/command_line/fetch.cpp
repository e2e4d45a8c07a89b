#include "commands/fetch.hpp"

#include <memory>

#include "command_line/command_line.hpp"

namespace bpfbuild::command_line {

void add_fetch(CLI::App& app) {
  const auto kernels = std::make_shared<std::vector<std::string>>();
  CLI::App* const command =
      app.add_subcommand("fetch", "Fetch kernels of Debian for virtual machines, and print where they are");
  command
      ->add_option(
          "kernels", *kernels,
          "The newest kernel of a suite, for this machine's architecture or another (amd64, arm64, s390x)")
      ->type_name("debian:SUITE[/ARCH]")
      ->required();
  command->footer(
      "apt fetches them, on machines that have it, into BPFBUILD_KERNEL_CACHE or ~/.cache/bpfbuild/kernels. "
      "What\n"
      "is there already stays as it is.\n"
      "\n"
      "Example:\n  bpfbuild fetch debian:bullseye debian:trixie/arm64\n  bpfbuild vm --kernel "
      "debian:bullseye -- uname -a");
  command->callback([kernels] { commands::fetch(*kernels); });
}

}  // namespace bpfbuild::command_line
