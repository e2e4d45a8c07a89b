#include "commands/check.hpp"

#include <memory>

#include "command_line/command_line.hpp"

namespace bpfbuild::command_line {

void add_check(CLI::App& app) {
  const auto options = std::make_shared<commands::CheckOptions>();
  CLI::App* const command = app.add_subcommand("check",
                                               "Tell what kernels have otherwise than a header; exit with 1 "
                                               "on what CO-RE does not bridge. With options "
                                               "that choose contents: whether it was made for these");
  command->add_option("header", options->header, "Header that 'bpfbuild header' wrote")
      ->type_name("HEADER")
      ->required();
  command
      ->add_option(
          "--btf", options->btf,
          "Kernel to compare with, in any form that 'bpfbuild header' reads, or a directory of them; "
          "ARCH=FILE for a header of several architectures; may be repeated (default: the running "
          "kernel)")
      ->type_name("[ARCH=]FILE");
  command->add_option("--base-btf", options->base_btf, "Kernel of those that are modules")
      ->type_name("[ARCH=]FILE");
  command->add_option("--clang", options->clang, "The clang that reads the header (default: clang)")
      ->type_name("FILE");
  add_request(*command, options->wanted);
  add_format(*command, options->format);
  command->footer(
      "Example:\n  bpfbuild check task_struct.h --btf /boot/vmlinuz-6.1.0-44-amd64 --btf kernels/");
  command->callback([options] {
    if (!commands::check(*options)) throw CLI::RuntimeError(1);
  });
}

}  // namespace bpfbuild::command_line
