#include "commands/header.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "command_line/command_line.hpp"

namespace bpfbuild::command_line {

void add_header(CLI::App& app, std::vector<std::string> behind_dashes) {
  const auto options = std::make_shared<commands::HeaderOptions>();
  options->flags = std::move(behind_dashes);
  CLI::App* const command =
      app.add_subcommand("header", "Write a C header with the kernel types that BPF programs use");
  command
      ->add_option("--btf", options->btf,
                   "Kernel or modules to read: raw BTF, ELF (vmlinux, .ko), or a kernel image (vmlinuz), "
                   "compressed or not; may be repeated (default: the running kernel). ARCH=FILE, such as "
                   "arm64=vmlinuz, for a header that is for several architectures")
      ->type_name("[ARCH=]FILE");
  command
      ->add_option(
          "--base-btf", options->base_btf,
          "Kernel of the modules, in any of these forms (default: the running kernel, for modules in "
          "/sys/kernel/btf)")
      ->type_name("[ARCH=]FILE");
  add_request(*command, *options);
  command
      ->add_option("--tracepoints-from", options->tracepoints_from,
                   "Copy of tracefs or its events, or a single format file (default: the running kernel's "
                   "tracefs). ARCH=DIR for a header that is for several architectures; may be repeated")
      ->type_name("[ARCH=]DIR|FILE")
      ->needs("--tracepoint");
  command
      ->add_option("--source", options->sources,
                   "BPF program, of which the header gets all that it uses; flags of clang for it stand "
                   "behind --. May be repeated")
      ->type_name("FILE");
  command
      ->add_option("--compilation", options->compilations,
                   "File with more sources and flags, an argument on each line: FILE... -- FLAG... May be "
                   "repeated")
      ->type_name("FILE");
  command->add_option("--clang", options->clang, "The clang that compiles the sources (default: clang)")
      ->type_name("PROGRAM");
  command->add_flag(
      "--prove", options->prove,
      "Compile the sources with all types and with the header, and write it only if the objects "
      "are the same but for offsets that CO-RE relocates");
  add_output(*command, options->output);
  command
      ->add_option("--regenerate-with", options->regenerate_with,
                   "Command that the header names for writing it anew (default: this one)")
      ->type_name("COMMAND");
  command->footer(
      "Example:\n"
      "  bpfbuild header --type task_struct:real_parent,tgid trace_event_raw_sys_enter -o task_struct.h\n"
      "  bpfbuild header --source tracer.bpf.c --prove -o vmlinux.h -- -D__TARGET_ARCH_x86 -Iinclude");
  command->callback([options] { commands::header(*options); });
}

}  // namespace bpfbuild::command_line
