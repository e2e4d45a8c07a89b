#include "commands/compat.hpp"

#include <algorithm>

#include "btf/sources.hpp"
#include "commands/kernel_files.hpp"
#include "compat/compat.hpp"
#include "compat/report.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/format.hpp"
#include "support/privileges.hpp"

namespace bpfbuild::commands {

namespace {

namespace fs = std::filesystem;

struct Kernel {
  std::string name;
  btf::Sources sources;
};

/// The kernel that a directory shows with its modules, as /sys/kernel/btf does; nothing for one of kernels.
std::vector<fs::path> kernel_with_modules(const fs::path& directory) {
  const fs::path kernel = directory / "vmlinux";
  if (!fs::is_regular_file(kernel)) return {};
  std::vector<fs::path> files = files_in(directory);
  std::erase(files, kernel);
  files.insert(files.begin(), kernel);
  return files;
}

std::vector<Kernel> open_kernels(const CompatOptions& options) {
  std::vector<Kernel> kernels;
  if (!options.base_btf.empty()) {
    std::vector<fs::path> modules;
    for (const fs::path& path : options.btf) {
      const std::vector<fs::path> files = fs::is_directory(path) ? files_in(path) : std::vector{path};
      modules.insert(modules.end(), files.begin(), files.end());
    }
    if (modules.empty())
      throw Error::usage("--base-btf without --btf", "name modules of the kernel with --btf");
    const std::string name = format("{} with {} module{}", options.base_btf.native(), modules.size(),
                                    modules.size() == 1 ? "" : "s");
    kernels.push_back({name, btf::Sources(modules, options.base_btf)});
    return kernels;
  }

  std::vector<fs::path> paths = options.btf;
  if (paths.empty()) {
    const fs::path all = fs::path(btf::running_kernel).parent_path();
    paths.push_back(fs::is_directory(all) ? all : fs::path(btf::running_kernel));
  }
  for (const fs::path& path : paths) {
    if (!fs::is_directory(path)) {
      kernels.push_back({path.native(), btf::Sources({path})});
    } else if (const auto files = kernel_with_modules(path); !files.empty()) {
      kernels.push_back({files.front().native(), btf::Sources(files)});
    } else {
      for (const fs::path& file : files_in(path)) kernels.push_back({file.native(), btf::Sources({file})});
    }
  }
  return kernels;
}

}  // namespace

bool compat(const CompatOptions& options) {
  const std::vector<Kernel> kernels = open_kernels(options);
  give_up_root_of_sudo();

  std::vector<compat::Candidate> candidates;
  for (const fs::path& object : options.objects) candidates.emplace_back(object);
  std::vector<compat::Report> reports;
  for (const Kernel& each : kernels) {
    const btf::Kernel kernel = each.sources.read();
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      reports.push_back(
          {options.objects[i].native(), each.name, kernel.release, candidates[i].check(kernel)});
    }
  }
  write_to_standard_output(options.format == Format::json ? compat::json(reports)
                                                          : compat::text(reports, options.with_resolved));
  return std::all_of(reports.begin(), reports.end(),
                     [](const compat::Report& report) { return report.count(compat::Status::missing) == 0; });
}

}  // namespace bpfbuild::commands
