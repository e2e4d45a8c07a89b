#include "command_line/definitions.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <string_view>

#include "scaffold/templates.hpp"

namespace bpfbuild::command_line {

namespace {

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find(separator, start), text.size());
    parts.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return parts;
}

/// What a value is, by its name: "text|json" are choices, and the words in capital letters are what they say.
void find_values(OptionDefinition& option) {
  const std::string& name = option.value_name;
  const auto mentions = [&](std::string_view word) { return name.find(word) != std::string::npos; };
  if (name.empty()) return;
  option.values = Values::other;
  if (name == "KIND") {
    option.values = Values::choices;
    for (const scaffold::Kind& kind : scaffold::kinds()) option.choices.push_back(kind.name);
  } else if (std::none_of(name.begin(), name.end(), [](unsigned char c) { return std::isupper(c) != 0; })) {
    option.values = Values::choices;
    option.choices = split(name, '|');
  } else if (mentions("PROGRAM")) {
    option.values = Values::programs;
  } else if (mentions("FILE") || mentions("DIR") || mentions("OBJECT") || mentions("HEADER") ||
             mentions("PATH")) {
    option.values = Values::files;
  }
}

OptionDefinition define(const CLI::Option& option) {
  OptionDefinition definition;
  for (const std::string& name : option.get_snames()) definition.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) definition.names.push_back("--" + name);
  definition.description = option.get_description();
  definition.is_required = option.get_required();
  if (option.get_items_expected_max() > 0) {
    definition.value_name = option.get_type_name();
    definition.takes_several = option.get_items_expected_max() > 1;
  }
  find_values(definition);
  return definition;
}

CommandDefinition define(const CLI::App& app) {
  CommandDefinition command{app.get_name(), app.get_description(), {}, {}, app.get_footer()};
  for (const CLI::Option* const option : app.get_options())
    (option->get_positional() ? command.positionals : command.options).push_back(define(*option));
  return command;
}

}  // namespace

std::vector<CommandDefinition> definitions(const CLI::App& app) {
  std::vector<CommandDefinition> commands;
  for (const CLI::App* const command : app.get_subcommands([](const CLI::App*) { return true; }))
    commands.push_back(define(*command));
  std::sort(commands.begin(), commands.end(),
            [](const CommandDefinition& a, const CommandDefinition& b) { return a.name < b.name; });
  commands.insert(commands.begin(), define(app));
  return commands;
}

std::string summary(const std::string& description) {
  std::size_t end = description.size();
  for (const std::string_view mark : {". ", ": ", "; ", " ("}) end = std::min(end, description.find(mark));
  if (end > 0 && description[end - 1] == '.') --end;
  return description.substr(0, end);
}

}  // namespace bpfbuild::command_line
