#include "commands/new.hpp"

#include <memory>

#include "command_line/command_line.hpp"

namespace bpfbuild::command_line {

void add_new(CLI::App& app) {
  static const std::map<std::string, scaffold::Language> languages{{"c", scaffold::Language::c},
                                                                   {"c++", scaffold::Language::cpp}};
  const auto options = std::make_shared<commands::NewOptions>();
  CLI::App* const command = app.add_subcommand(
      "new", "Make a project of a kind of program, which builds, runs and tests at once; or list the kinds");
  command->add_option("kind", options->kind, "Kind of program, such as xdp (default: list them)")
      ->type_name("KIND");
  command->add_option("directory", options->directory, "Directory to make")->type_name("DIRECTORY");
  command
      ->add_option(
          "--set", options->settings,
          "What the kind wants to know, such as interface=eth0 (default: asked for on a terminal, else "
          "what is usual). May be repeated")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  command->add_option("--name", options->name, "Name of the project (default: that of the directory)")
      ->type_name("NAME");
  command->add_option("--lang", options->language, "Language of user space (default: c++)")
      ->type_name("c|c++")
      ->transform(CLI::CheckedTransformer(languages).description(""));
  command->footer("Example:\n  bpfbuild new xdp hello --set interface=eth0");
  command->callback([options] { commands::new_project(*options); });
}

}  // namespace bpfbuild::command_line
