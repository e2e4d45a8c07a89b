#include <fmt/format.h>
#include <fmt/ranges.h>

#include "command_line/completions.hpp"

namespace bpfbuild::command_line {

namespace {

/// For within single quotes, in which _arguments takes : [ ] for its own.
std::string escaped(const std::string& text, std::string_view special) {
  std::string result;
  for (const char c : text) {
    if (special.find(c) != std::string_view::npos) result += '\\';
    result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  }
  return result;
}

std::string action(const OptionDefinition& option) {
  switch (option.values) {
    case Values::none:
      return "";
    case Values::choices:
      return fmt::format(":{}:({})", "value", fmt::join(option.choices, " "));
    case Values::files:
      return fmt::format(":{}:_files", escaped(option.value_name, ":[]\\"));
    case Values::programs:
      return fmt::format(":{}:_command_names -e", escaped(option.value_name, ":[]\\"));
    case Values::other:
      break;
  }
  return fmt::format(":{}: ", escaped(option.value_name, ":[]\\"));
}

/// As _arguments takes it: '(-o --output)'{-o,--output}'[what it is]:FILE:_files'.
std::string option_argument(const OptionDefinition& option) {
  std::string names;
  if (option.takes_several) {
    names = "'*'";
  } else if (option.names.size() > 1) {
    names = fmt::format("'({})'", fmt::join(option.names, " "));
  }
  names +=
      option.names.size() > 1 ? fmt::format("{{{}}}", fmt::join(option.names, ",")) : option.names.front();
  return fmt::format("{}'[{}]{}'", names, escaped(summary(option.description), "[]\\"), action(option));
}

std::string arguments(const CommandDefinition& command) {
  std::string text;
  for (const OptionDefinition& option : command.options) text += " \\\n        " + option_argument(option);
  for (const OptionDefinition& positional : command.positionals)
    text += fmt::format(" \\\n        '{}{}'", positional.takes_several ? "*" : "", action(positional));
  return text;
}

}  // namespace

std::string zsh_completion(const std::vector<CommandDefinition>& definitions) {
  std::string commands, cases;
  for (std::size_t i = 1; i < definitions.size(); ++i) {
    commands +=
        fmt::format("    '{}:{}'\n", definitions[i].name, escaped(summary(definitions[i].description), ""));
    cases += fmt::format("    {})\n      _arguments{} ;;\n", definitions[i].name, arguments(definitions[i]));
  }
  std::string options;
  for (const OptionDefinition& option : definitions.front().options) options += " " + option_argument(option);
  return fmt::format(R"(#compdef {0}
# Completion of {0} for zsh, written by '{0} completion zsh'.
_{0}() {{
  local state line context
  local -a commands=(
{1}  )
  _arguments -C{2} ': :->command' '*:: :->argument' && return
  case $state in
    command) _describe command commands; return ;;
  esac
  case $words[1] in
{3}  esac
}}
if [ "$funcstack[1]" = _{0} ]; then
  _{0} "$@"
else
  compdef _{0} {0}
fi
)",
                     definitions.front().name, commands, options, cases);
}

}  // namespace bpfbuild::command_line
