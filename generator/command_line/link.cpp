#include "commands/link.hpp"

#include <memory>

#include "command_line/command_line.hpp"

namespace bpfbuild::command_line {

void add_link(CLI::App& app) {
  const auto options = std::make_shared<commands::LinkOptions>();
  CLI::App* const command = app.add_subcommand(
      "link", "Link compiled BPF files to an object, and tell what a loader would find wrong");
  command->add_option("--bpftool", options->bpftool, "bpftool, the linker (default: that in PATH)")
      ->type_name("FILE");
  command
      ->add_option("--source-dir", options->source_directories,
                   "Directory that names of sources in messages are relative to; may be repeated")
      ->type_name("DIRECTORY")
      ->allow_extra_args(false);
  command->add_flag("--warnings-are-errors", options->warnings_are_errors, "Fail on anything that is wrong");
  command->add_option("object", options->output, "File to write")->type_name("OBJECT")->required();
  command->add_option("inputs", options->inputs, "Files that clang compiled")->type_name("FILE")->required();
  command->footer("Example:\n  bpfbuild link tracer.bpf.o tracer.bpf.c.o events.bpf.c.o");
  command->callback([options] { commands::link(*options); });
}

}  // namespace bpfbuild::command_line
