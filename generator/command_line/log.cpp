#include "commands/log.hpp"

#include <memory>

#include "command_line/command_line.hpp"

namespace bpfbuild::command_line {

void add_log(CLI::App& app) {
  const auto options = std::make_shared<commands::LogOptions>();
  CLI::App* const command =
      app.add_subcommand("log", "Print what running programs log with <bpfbuild/log.bpf.h>, until Ctrl-C");
  command
      ->add_option("object", options->object,
                   "Object whose programs to follow (default: all programs that log)")
      ->type_name("OBJECT");
  command
      ->add_option("--map", options->map, "The ring buffer: its id, or where it is pinned (default: found)")
      ->type_name("ID|PATH");
  add_format(*command, options->format);
  command->footer(
      "A log has one reader: where the program that loaded it reads it, this takes records away from it.\n"
      "BPF_LOG=info,tracer=debug in the environment narrows down what is shown.\n"
      "\n"
      "Example:\n  sudo bpfbuild log tracer.bpf.o");
  command->callback([options] { commands::log(*options); });
}

}  // namespace bpfbuild::command_line
