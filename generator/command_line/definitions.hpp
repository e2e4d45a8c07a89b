/// The definitions of commands and options, as those need them that write about the command line: completions
/// of shells and the manual.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace bpfbuild::command_line {

/// What the shell can offer as a value.
enum class Values {
  none,  // it takes none: a flag
  choices,
  files,
  programs,
  other  // what only the user can know
};

/// An option, or a positional argument, which has no names.
struct OptionDefinition {
  std::vector<std::string> names;  // "-o", "--output"
  std::string value_name;          // "FILE"; empty for a flag
  std::string description;         // all of it
  Values values = Values::none;
  std::vector<std::string> choices;
  bool takes_several = false;  // values, or can be given again
  bool is_required = false;
};

struct CommandDefinition {
  std::string name;
  std::string description;
  std::vector<OptionDefinition> options, positionals;
  std::string footer;
};

/// All commands, by name, and in front of them the program itself with its name, its description and its
/// options.
std::vector<CommandDefinition> definitions(const CLI::App& app);

/// The first statement of a description, without a full stop, for where there is room for a line.
std::string summary(const std::string& description);

}  // namespace bpfbuild::command_line
