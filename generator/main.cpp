/// How a run of the tool ends: with what exit code, and with what error.
#include <algorithm>
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "command_line/command_line.hpp"
#include "support/error.hpp"

namespace {

enum ExitCode { usage_error = 2, internal_error = 3 };

int run(int argc, char** argv) {
  char** const dashes = std::find(argv, argv + argc, std::string_view("--"));
  std::vector<std::string> behind_dashes;
  if (dashes != argv + argc) behind_dashes.assign(dashes + 1, argv + argc);
  const auto app = bpfbuild::command_line::make_app(std::move(behind_dashes));
  try {
    app->parse(static_cast<int>(dashes - argv), argv);
  } catch (const CLI::RuntimeError& answer) {
    return answer.get_exit_code();
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app->exit(error);  // --help, --version
    const bool in_subcommand = !app->get_subcommands().empty();
    std::fprintf(stderr, "bpfbuild: %s; see 'bpfbuild%s --help'\n", error.what(),
                 in_subcommand ? (" " + app->get_subcommands().front()->get_name()).c_str() : "");
    return usage_error;
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const bpfbuild::Error& error) {
    std::fprintf(stderr, "bpfbuild: %s\n", error.what());
    return error.exit_code();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bpfbuild: internal error: %s\n", error.what());
    return internal_error;
  }
}
