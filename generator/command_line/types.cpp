#include "commands/types.hpp"

#include <memory>

#include "command_line/command_line.hpp"

namespace bpfbuild::command_line {

void add_types(CLI::App& app) {
  const auto options = std::make_shared<commands::TypesOptions>();
  CLI::App* const command = app.add_subcommand(
      "types", "Write a C and C++ header with the types that a BPF object shares with user space");
  command->add_option("object", options->object, "BPF object to read")->type_name("OBJECT")->required();
  command
      ->add_option(
          "--type", options->types,
          "Type to write: NAME, 'struct NAME', map:NAME for the key and value of a map, variable:NAME; "
          "NAME may have wildcards. May be repeated")
      ->type_name("SPEC");
  command
      ->add_option("--shared-header", options->shared_headers,
                   "Header that defines the types for both sides: include it, and check that user space sees "
                   "them as the object does. May be repeated")
      ->type_name("FILE");
  add_output(*command, options->output);
  command->footer("Example:\n  bpfbuild types tracer.bpf.o --type exec_event map:counts -o tracer.types.h");
  command->callback([options] { commands::types(*options); });
}

}  // namespace bpfbuild::command_line
