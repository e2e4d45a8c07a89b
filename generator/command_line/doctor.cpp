#include "commands/doctor.hpp"

#include <memory>

#include "command_line/command_line.hpp"

namespace bpfbuild::command_line {

void add_doctor(CLI::App& app) {
  const auto options = std::make_shared<commands::DoctorOptions>();
  CLI::App* const command = app.add_subcommand(
      "doctor",
      "Tell what this machine has and lacks for building and running programs, and what to do about it; exit "
      "with 1 when it cannot build");
  add_format(*command, options->format);
  command->footer("Example:\n  sudo bpfbuild doctor");
  command->callback([options] {
    if (!commands::doctor(*options)) throw CLI::RuntimeError(1);
  });
}

}  // namespace bpfbuild::command_line
