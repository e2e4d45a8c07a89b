#include <fmt/format.h>
#include <fmt/ranges.h>

#include "command_line/completions.hpp"

namespace bpfbuild::command_line {

namespace {

/// What can stand behind a command. Where nothing is offered bash offers files.
std::string command_case(const CommandDefinition& command) {
  std::vector<std::string> names;
  std::string values;
  for (const OptionDefinition& option : command.options) {
    names.insert(names.end(), option.names.begin(), option.names.end());
    if (option.values == Values::choices)
      values += fmt::format("        {}) values='{}' ;;\n", fmt::join(option.names, "|"),
                            fmt::join(option.choices, " "));
    if (option.values == Values::programs)
      values +=
          fmt::format("        {}) values=$(compgen -c -- \"$word\") ;;\n", fmt::join(option.names, "|"));
  }
  if (!command.positionals.empty() && command.positionals.front().values == Values::choices)
    values += fmt::format("        {}) values='{}' ;;\n", command.name,
                          fmt::join(command.positionals.front().choices, " "));
  if (!values.empty()) values = "\n      case $before in\n" + values + "      esac";
  return fmt::format("    {}) options='{}'{} ;;\n", command.name, fmt::join(names, " "), values);
}

}  // namespace

std::string bash_completion(const std::vector<CommandDefinition>& definitions) {
  std::vector<std::string> commands;
  std::string cases;
  for (std::size_t i = 1; i < definitions.size(); ++i) {
    commands.push_back(definitions[i].name);
    cases += command_case(definitions[i]);
  }
  std::vector<std::string> options;
  for (const OptionDefinition& option : definitions.front().options)
    options.insert(options.end(), option.names.begin(), option.names.end());
  return fmt::format(R"(# Completion of {0} for bash, written by '{0} completion bash'.
_{0}() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD - 1]}} command= options= values= i
  COMPREPLY=()
  # Bash takes --option=value for three words.
  [ "$before" = = ] && before=${{COMP_WORDS[COMP_CWORD - 2]}}
  [ "$word" = = ] && word=
  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${{COMP_WORDS[i]}} in
      --) return ;;
      -*) ;;
      *) command=${{command:-${{COMP_WORDS[i]}}}} ;;
    esac
  done
  case $command in
    '') options='{1}' values='{2}' ;;
{3}  esac
  case $word in
    -*) values=$options ;;
  esac
  mapfile -t COMPREPLY < <(compgen -W "$values" -- "$word")
}}
complete -o default -F _{0} {0}
)",
                     definitions.front().name, fmt::join(options, " "), fmt::join(commands, " "), cases);
}

}  // namespace bpfbuild::command_line
