#include "commands/verify.hpp"

#include <memory>

#include "command_line/command_line.hpp"

namespace bpfbuild::command_line {

void add_verify(CLI::App& app) {
  const auto options = std::make_shared<commands::VerifyOptions>();
  CLI::App* const command =
      app.add_subcommand("verify", "Tell whether kernels take the programs of objects, and at what cost");
  command
      ->add_option(
          "objects", options->objects,
          "Objects, such as tracer.bpf.o; ARCH=OBJECT for kernels of that architecture (x86, arm64, s390)")
      ->type_name("[ARCH=]OBJECT")
      ->required();
  command
      ->add_option(
          "--kernel", options->kernels,
          "Kernel, as for 'bpfbuild vm': an image, one of Debian, or host, the running one (default: "
          "host). May be repeated")
      ->type_name("IMAGE|debian:SUITE[/ARCH]|host")
      ->allow_extra_args(false);
  command
      ->add_option(
          "--guest-tool", options->guest_tools,
          "bpfbuild built for the architecture of a kernel that is not this machine's. May be repeated")
      ->type_name("PROGRAM")
      ->allow_extra_args(false);
  command->add_option("--program", options->programs, "Program to verify (default: all). May be repeated")
      ->type_name("NAME");
  command->add_flag("--full-log", options->full_log,
                    "Print all that the verifier says of programs that it refuses");
  add_format(*command, options->format);
  CLI::Option* const baseline =
      command
          ->add_option("--baseline", options->baseline,
                       "Verdicts to compare with: fail when one is another, or a program takes more "
                       "instructions, states or stack")
          ->type_name("FILE");
  command
      ->add_option("--tolerance", options->tolerance,
                   "Growth that is no failure (default: 10). Unless it is 0, up to 50 instructions, 5 states "
                   "and 32 bytes of stack are none either")
      ->type_name("PERCENT")
      ->needs(baseline);
  command
      ->add_flag("--update-baseline", options->update_baseline,
                 "Write the baseline rather than compare with it")
      ->needs(baseline);
  command
      ->add_option("--update-with", options->update_with,
                   "Command that messages name for writing the baseline (default: this one)")
      ->type_name("COMMAND")
      ->needs(baseline);
  command->footer(
      "Ends with 77 where no program can be loaded, or a kernel could not be tried.\n"
      "\n"
      "Example:\n  sudo bpfbuild verify tracer.bpf.o\n"
      "  sudo bpfbuild verify tracer.bpf.o --baseline baseline.csv --tolerance 20\n"
      "  bpfbuild verify tracer.bpf.o --kernel debian:bullseye --kernel /boot/vmlinuz-6.1.0-44-amd64");
  command->callback([options] { commands::verify(*options); });
}

}  // namespace bpfbuild::command_line
