#include <map>
#include <memory>

#include "command_line/command_line.hpp"
#include "command_line/completions.hpp"
#include "command_line/manual.hpp"
#include "support/file.hpp"

namespace bpfbuild::command_line {

namespace {

using Writer = std::string (*)(const std::vector<CommandDefinition>&);

void write(const CLI::App& app, Writer writer, const std::filesystem::path& output) {
  write_if_changed(output, writer(definitions(app)));
}

}  // namespace

void add_completion(CLI::App& app) {
  static const std::map<std::string, Writer> shells{
      {"bash", bash_completion}, {"fish", fish_completion}, {"zsh", zsh_completion}};
  struct Options {
    std::string shell;
    std::filesystem::path output;
  };
  const auto options = std::make_shared<Options>();
  CLI::App* const command =
      app.add_subcommand("completion", "Write the completion of this command line for a shell");
  command->add_option("shell", options->shell, "Shell that it is for")
      ->type_name("bash|fish|zsh")
      ->required()
      ->check(CLI::IsMember(shells).description(""));
  add_output(*command, options->output);
  command->footer("Example:\n  source <(bpfbuild completion bash)");
  command->callback([&app, options] { write(app, shells.at(options->shell), options->output); });
}

void add_manual(CLI::App& app) {
  const auto output = std::make_shared<std::filesystem::path>();
  CLI::App* const command = app.add_subcommand("manual", "Write the manual page, for man");
  add_output(*command, *output);
  command->footer("Example:\n  bpfbuild manual -o bpfbuild.1");
  command->callback([&app, output] { write(app, manual_page, *output); });
}

}  // namespace bpfbuild::command_line
