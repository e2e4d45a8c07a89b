#include "commands/doctor.hpp"

#include <string>

#include "colour.hpp"
#include "doctor/building.hpp"
#include "doctor/report.hpp"
#include "doctor/running.hpp"
#include "support/file.hpp"
#include "support/privileges.hpp"

namespace bpfbuild::commands {

namespace {

std::string os_release() {
  for (const char* path : {"/etc/os-release", "/usr/lib/os-release"}) {
    std::error_code none;
    if (!std::filesystem::exists(path, none)) continue;
    const Bytes bytes = InputFile(path).read();
    return {reinterpret_cast<const char*>(bytes.view.data()), bytes.view.size()};
  }
  return "";
}

}  // namespace

bool doctor(const DoctorOptions& options) {
  const doctor::RunFacts run = doctor::ask_kernel();
  // The tools that are tried are those that anyone can put into PATH.
  give_up_root_of_sudo();
  const doctor::BuildFacts build = doctor::find_tools(doctor::Places::of_this_process());
  const doctor::Distribution distribution(os_release());
  const doctor::Report report{distribution.name(), doctor::judge_needed(build, distribution),
                              doctor::judge_useful(build, distribution), doctor::judge_running(run),
                              run.features};
  write_to_standard_output(options.format == Format::json
                               ? doctor::json(report)
                               : doctor::text(report, distribution, is_coloured(stdout)));
  return doctor::can_build(report);
}

}  // namespace bpfbuild::commands
