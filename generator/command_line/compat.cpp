#include "commands/compat.hpp"

#include <memory>

#include "command_line/command_line.hpp"

namespace bpfbuild::command_line {

void add_compat(CLI::App& app) {
  const auto options = std::make_shared<commands::CompatOptions>();
  CLI::App* const command = app.add_subcommand(
      "compat",
      "Tell whether kernels have what objects want of their types: CO-RE relocations, places to attach to, "
      "kfuncs, helpers; exit with 1 if an object would not load");
  command->add_option("objects", options->objects, "Objects, such as tracer.bpf.o")
      ->type_name("OBJECT")
      ->required();
  command
      ->add_option(
          "--btf", options->btf,
          "Kernel, in any form that 'bpfbuild header' reads, or a directory of them; one with a file "
          "'vmlinux', such as /sys/kernel/btf, is one kernel with its modules. May be repeated "
          "(default: the running kernel)")
      ->type_name("FILE");
  command
      ->add_option("--base-btf", options->base_btf,
                   "The one kernel whose modules are given by --btf: also what they have counts")
      ->type_name("FILE");
  command->add_flag("--all", options->with_resolved, "Show also what the kernels have");
  add_format(*command, options->format);
  command->footer(
      "'guarded' is what a kernel has not, and the program does not need there, as behind a\n"
      "bpf_core_field_exists().\n"
      "\n"
      "Example:\n  bpfbuild compat tracer.bpf.o --btf /boot/vmlinuz-6.1.0-44-amd64 kernels/");
  command->callback([options] {
    if (!commands::compat(*options)) throw CLI::RuntimeError(1);
  });
}

}  // namespace bpfbuild::command_line
