#include "commands/vm.hpp"

#include <memory>
#include <utility>

#include "command_line/command_line.hpp"

namespace bpfbuild::command_line {

void add_vm(CLI::App& app, std::vector<std::string> behind_dashes) {
  const auto options = std::make_shared<commands::VmOptions>();
  options->command = std::move(behind_dashes);
  vm::Options& machine = options->machine;
  CLI::App* const command =
      app.add_subcommand("vm", "Run a command as root on another kernel, in a small virtual machine");
  command
      ->add_option(
          "--kernel", machine.kernel,
          "Kernel image, such as a vmlinuz, of x86_64, aarch64 or s390x; one that 'bpfbuild fetch' has "
          "fetched, such as debian:bookworm/arm64; or host, for no virtual machine")
      ->type_name("IMAGE|debian:SUITE[/ARCH]|host")
      ->required();
  command
      ->add_option("--file", machine.files,
                   "File or directory that the command needs, apart from its libraries. May be repeated")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command
      ->add_option(
          "--module", machine.modules,
          "Module to load first, with those it depends on: a file, or one of the kernel's by its name. "
          "May be repeated")
      ->type_name("NAME")
      ->allow_extra_args(false);
  command
      ->add_option("--expect", options->expect,
                   "Regular expression that fits something that the command prints, unless it fails")
      ->type_name("REGEX");
  command->add_option("--memory", machine.memory, "Memory of the machine (default: 256)")->type_name("MIB");
  command
      ->add_option_function<unsigned>(
          "--timeout", [&machine](unsigned seconds) { machine.timeout = std::chrono::seconds(seconds); },
          "Time for the command (default: 120)")
      ->type_name("SECONDS");
  command->add_option("--append", machine.append, "Arguments for the kernel, such as 'lsm=bpf'")
      ->type_name("ARGUMENTS");
  command->add_option("--qemu", machine.qemu, "QEMU (default: qemu-system-<architecture> in PATH)")
      ->type_name("PROGRAM");
  command->add_flag("!--no-kvm", machine.allow_kvm,
                    "Emulate the machine, even where the processor could run it");
  command->footer(
      "The command finds itself, its libraries and the files where they are on this machine. Its exit code\n"
      "is that of this command, 128 and more for a signal. It is 125 when the guest panicked or hung, and "
      "77\n"
      "where there is no kernel or no QEMU, and 1 when it does not print what is expected.\n"
      "Modules are looked for beside the image, and in /lib/modules/RELEASE for vmlinuz-RELEASE.\n"
      "\n"
      "Example:\n  bpfbuild vm --kernel /boot/vmlinuz-6.1.0-44-amd64 --file /bin/ls -- ./execve-tracer -- ls "
      "-d /");
  command->callback([options] { throw CLI::RuntimeError(commands::vm(*options)); });
}

}  // namespace bpfbuild::command_line
