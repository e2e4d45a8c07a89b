
#include "command_line/completions.hpp"
#include "support/format.hpp"
#include "support/text.hpp"

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
      return format(":{}:({})", "value", joined(option.choices, " "));
    case Values::files:
      return format(":{}:_files", escaped(option.value_name, ":[]\\"));
    case Values::programs:
      return format(":{}:_command_names -e", escaped(option.value_name, ":[]\\"));
    case Values::other:
      break;
  }
  return format(":{}: ", escaped(option.value_name, ":[]\\"));
}

/// As _arguments takes it: '(-o --output)'{-o,--output}'[what it is]:FILE:_files'.
std::string option_argument(const OptionDefinition& option) {
  std::string names;
  if (option.takes_several) {
    names = "'*'";
  } else if (option.names.size() > 1) {
    names = format("'({})'", joined(option.names, " "));
  }
  names += option.names.size() > 1 ? format("{{{}}}", joined(option.names, ",")) : option.names.front();
  return format("{}'[{}]{}'", names, escaped(summary(option.description), "[]\\"), action(option));
}

std::string arguments(const CommandDefinition& command) {
  std::string text;
  for (const OptionDefinition& option : command.options) text += " \\\n        " + option_argument(option);
  for (const OptionDefinition& positional : command.positionals)
    text += format(" \\\n        '{}{}'", positional.takes_several ? "*" : "", action(positional));
  return text;
}

}  // namespace

std::string zsh_completion(const std::vector<CommandDefinition>& definitions) {
  std::string commands, cases;
  for (std::size_t i = 1; i < definitions.size(); ++i) {
    commands +=
        format("    '{}:{}'\n", definitions[i].name, escaped(summary(definitions[i].description), ""));
    cases += format("    {})\n      _arguments{} ;;\n", definitions[i].name, arguments(definitions[i]));
  }
  std::string options;
  for (const OptionDefinition& option : definitions.front().options) options += " " + option_argument(option);
  return format(R"(#compdef {0}
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
