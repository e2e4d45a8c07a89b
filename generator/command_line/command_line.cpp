#include "command_line/command_line.hpp"

#include <utility>

namespace bpfbuild::command_line {

std::unique_ptr<CLI::App> make_app(std::vector<std::string> behind_dashes) {
  auto app = std::make_unique<CLI::App>(
      "Kernel types, projects, checks and logs for eBPF programs in C and C++.", "bpfbuild");
  app->set_version_flag("--version", "bpfbuild " BPFBUILD_VERSION);
  app->require_subcommand(1);
  add_check(*app);
  add_compat(*app);
  add_completion(*app);
  add_diff(*app);
  add_doctor(*app);
  add_fetch(*app);
  add_header(*app, behind_dashes);
  add_link(*app);
  add_log(*app);
  add_manual(*app);
  add_new(*app);
  add_types(*app);
  add_verify(*app);
  add_vm(*app, std::move(behind_dashes));
  return app;
}

}  // namespace bpfbuild::command_line
