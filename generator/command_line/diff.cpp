#include "commands/diff.hpp"

#include <memory>

#include "command_line/command_line.hpp"

namespace bpfbuild::command_line {

void add_diff(CLI::App& app) {
  const auto options = std::make_shared<commands::DiffOptions>();
  CLI::App* const command = app.add_subcommand("diff", "Tell what changed in types between two kernels");
  command->add_option("before", options->before, "Kernel, in any form that 'bpfbuild header' reads")
      ->type_name("FILE")
      ->required();
  command->add_option("after", options->after, "Kernel to compare with it")->type_name("FILE")->required();
  command
      ->add_option("--type", options->types,
                   "Type to compare, as for 'bpfbuild header'; may be repeated (default: all types)")
      ->type_name("SPEC");
  add_format(*command, options->format);
  command->footer(
      "Example:\n  bpfbuild diff /boot/vmlinuz-6.1.0-44-amd64 /sys/kernel/btf/vmlinux --type task_struct");
  command->callback([options] { commands::diff(*options); });
}

}  // namespace bpfbuild::command_line
