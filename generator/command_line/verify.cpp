#include "commands/verify.hpp"

#include <memory>

#include "command_line/command_line.hpp"

namespace bpfbuild::command_line {

void add_verify(CLI::App& app) {
  const auto options = std::make_shared<commands::VerifyOptions>();
  CLI::App* const command = app.add_subcommand(
      "verify", "Tell whether the running kernel takes the programs of an object, and at what cost");
  command->add_option("object", options->object, "Object, such as tracer.bpf.o")
      ->type_name("OBJECT")
      ->required();
  command->add_option("--program", options->programs, "Program to verify (default: all). May be repeated")
      ->type_name("NAME");
  command->add_flag("--full-log", options->full_log,
                    "Print all that the verifier says of programs that it refuses");
  add_format(*command, options->format);
  command->footer("Example:\n  sudo bpfbuild verify tracer.bpf.o");
  command->callback([options] { commands::verify(*options); });
}

}  // namespace bpfbuild::command_line
