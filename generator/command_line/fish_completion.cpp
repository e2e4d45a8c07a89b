
#include "command_line/completions.hpp"
#include "support/format.hpp"
#include "support/text.hpp"

namespace bpfbuild::command_line {

namespace {

std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') result += '\\';
    result += c;
  }
  return result + "'";
}

/// -x: a value, and no files; -r -F: a value, which may be a file.
std::string value(const OptionDefinition& option) {
  switch (option.values) {
    case Values::none:
      return "";
    case Values::choices:
      return format(" -x -a '{}'", joined(option.choices, " "));
    case Values::files:
      return " -r -F";
    case Values::programs:
      return " -x -a '(__fish_complete_command)'";
    case Values::other:
      break;
  }
  return " -x";
}

std::string option_line(const std::string& name, const std::string& condition,
                        const OptionDefinition& option) {
  std::string line = format("complete -c {} -n {}", name, quoted(condition));
  for (const std::string& each : option.names)
    line += each.substr(0, 2) == "--" ? " -l " + each.substr(2) : " -s " + each.substr(1);
  return line + format("{} -d {}\n", value(option), quoted(summary(option.description)));
}

}  // namespace

std::string fish_completion(const std::vector<CommandDefinition>& definitions) {
  const CommandDefinition& program = definitions.front();
  const std::string at_first = "__fish_use_subcommand";
  std::string text = format(
      "# Completion of {0} for fish, written by '{0} completion fish'.\ncomplete -c {0} -f\n", program.name);
  for (const OptionDefinition& option : program.options) text += option_line(program.name, at_first, option);
  for (std::size_t i = 1; i < definitions.size(); ++i) {
    const CommandDefinition& command = definitions[i];
    const std::string behind_it = "__fish_seen_subcommand_from " + command.name;
    text += format("complete -c {} -n {} -a {} -d {}\n", program.name, quoted(at_first), command.name,
                   quoted(summary(command.description)));
    for (const OptionDefinition& option : command.options)
      text += option_line(program.name, behind_it, option);
    for (const OptionDefinition& positional : command.positionals) {
      if (positional.values == Values::files)
        text += format("complete -c {} -n {} -F\n", program.name, quoted(behind_it));
      if (positional.values == Values::choices)
        text += format("complete -c {} -n {} -a '{}'\n", program.name, quoted(behind_it),
                       joined(positional.choices, " "));
    }
  }
  return text;
}

}  // namespace bpfbuild::command_line
