
#include "command_line/completions.hpp"
#include "support/format.hpp"
#include "support/text.hpp"

namespace bpfbuild::command_line {

namespace {

/// What can stand behind a command. Where nothing is offered bash offers files.
std::string command_case(const CommandDefinition& command) {
  std::vector<std::string> names;
  std::string values;
  for (const OptionDefinition& option : command.options) {
    names.insert(names.end(), option.names.begin(), option.names.end());
    if (option.values == Values::choices)
      values +=
          format("        {}) values='{}' ;;\n", joined(option.names, "|"), joined(option.choices, " "));
    if (option.values == Values::programs)
      values += format("        {}) values=$(compgen -c -- \"$word\") ;;\n", joined(option.names, "|"));
  }
  if (!command.positionals.empty() && command.positionals.front().values == Values::choices)
    values += format("        {}) values='{}' ;;\n", command.name,
                     joined(command.positionals.front().choices, " "));
  if (!values.empty()) values = "\n      case $before in\n" + values + "      esac";
  return format("    {}) options='{}'{} ;;\n", command.name, joined(names, " "), values);
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
  return format(R"(# Completion of {0} for bash, written by '{0} completion bash'.
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
                definitions.front().name, joined(options, " "), joined(commands, " "), cases);
}

}  // namespace bpfbuild::command_line
