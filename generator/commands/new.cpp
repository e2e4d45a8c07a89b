#include "commands/new.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <iostream>

#include "scaffold/project.hpp"
#include "scaffold/running_kernel.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/format.hpp"
#include "support/privileges.hpp"
#include "support/text.hpp"

namespace bpfbuild::commands {

namespace {

void list_kinds() {
  std::size_t width = 0;
  for (const scaffold::Kind& kind : scaffold::kinds()) width = std::max(width, kind.name.size());
  std::string text = format("{:{}}  {:6}  {}\n", "KIND", width, "LINUX", "WHAT IT DOES");
  for (const scaffold::Kind& kind : scaffold::kinds())
    text += format("{:{}}  {:6}  {}\n", kind.name, width, kind.kernel, kind.description);
  text += "\nbpfbuild new KIND DIRECTORY makes a project of a kind\n";
  write_to_standard_output(text);
}

/// Without "." and "..", and without a / at the end.
std::filesystem::path normal(const std::filesystem::path& directory) {
  const std::filesystem::path path = directory.lexically_normal();
  return path.has_filename() ? path : path.parent_path();
}

std::map<std::string, std::string> parse_settings(const std::vector<std::string>& settings) {
  std::map<std::string, std::string> values;
  for (const std::string& setting : settings) {
    const std::size_t equals = setting.find('=');
    if (equals == std::string::npos || equals == 0)
      throw Error::usage(format("--set '{}': expected KEY=VALUE", setting));
    if (!values.emplace(setting.substr(0, equals), setting.substr(equals + 1)).second)
      throw Error::usage(format("--set '{}': given twice", setting.substr(0, equals)));
  }
  return values;
}

/// The value that the user types; what seems wrong is told, and asked for once more.
std::string ask(const scaffold::Parameter& parameter, const std::string& default_value) {
  const scaffold::RunningKernel kernel;
  std::string doubted;
  while (true) {
    std::cerr << parameter.description << " [" << default_value << "]: ";
    std::string answer;
    if (!std::getline(std::cin, answer) || answer.empty()) answer = default_value;
    const std::string doubt = kernel.doubt(parameter.name, answer);
    if (doubt.empty() || answer == doubted || answer == default_value || !std::cin) return answer;
    std::cerr << "  " << doubt << " (give it again to use it all the same)\n";
    doubted = answer;
  }
}

/// What is not set gets what the user says, or what is usual on this machine.
void complete(const scaffold::Kind& kind, std::map<std::string, std::string>& values) {
  const scaffold::RunningKernel kernel;
  const bool on_terminal = ::isatty(STDIN_FILENO) != 0 && ::isatty(STDERR_FILENO) != 0;
  for (const scaffold::Parameter& parameter : kind.parameters) {
    const auto set = values.find(parameter.name);
    if (set != values.end()) {
      const std::string doubt = kernel.doubt(parameter.name, set->second);
      if (!doubt.empty()) std::cerr << format("bpfbuild: warning: --set {}: {}\n", parameter.name, doubt);
      continue;
    }
    const std::string usual = kernel.default_of(parameter.name, parameter.default_value);
    values[parameter.name] = on_terminal ? ask(parameter, usual) : usual;
  }
}

}  // namespace

void new_project(const NewOptions& options) {
  if (options.kind.empty()) return list_kinds();
  const scaffold::Kind& kind = scaffold::find_kind(options.kind);
  if (options.directory.empty())
    throw Error::usage("no directory to make the project in",
                       format("expected bpfbuild new {} DIRECTORY", kind.name));
  give_up_root_of_sudo();

  const std::filesystem::path directory = normal(options.directory);
  scaffold::check_directory(directory);
  scaffold::Request request;
  request.name = options.name.empty() ? directory.filename().native() : options.name;
  request.language = options.language;
  request.values = parse_settings(options.settings);
  scaffold::instantiate(kind, request);  // says what is wrong before any question is asked
  complete(kind, request.values);
  scaffold::write_project(directory, scaffold::instantiate(kind, request));
  write_to_standard_output(
      format("{0} is a project of kind {1}, for Linux {2} and newer. Next:\n\n"
             "  cd {3}\n"
             "  cmake --workflow --preset default\n"
             "  sudo ctest --preset default\n"
             "  sudo build/{0}\n",
             request.name, kind.name, kind.kernel, shell_quote(directory.native())));
}

}  // namespace bpfbuild::commands
