#include "scaffold/running_kernel.hpp"

#include <fstream>
#include <optional>
#include <sstream>
#include <system_error>
#include <vector>

#include "support/format.hpp"
#include "support/text.hpp"

namespace bpfbuild::scaffold {

namespace {

namespace fs = std::filesystem;

using Names = std::optional<std::vector<std::string>>;  // nothing when they cannot be known

Names entries(const fs::path& directory, const std::string& prefix = "") {
  std::error_code error;
  std::vector<std::string> names;
  for (fs::directory_iterator entry(directory, error), end; !error && entry != end; entry.increment(error))
    names.push_back(prefix + entry->path().filename().native());
  if (names.empty()) return std::nullopt;
  return names;
}

/// "sched:sched_switch", ...
Names tracepoints(const fs::path& root) {
  const fs::path events = root / "sys/kernel/tracing/events";
  const Names categories = entries(events);
  if (!categories) return std::nullopt;
  std::vector<std::string> names;
  for (const std::string& category : *categories) {
    if (const Names found = entries(events / category, category + ":"))
      names.insert(names.end(), found->begin(), found->end());
  }
  return names;
}

/// The kernel's functions that begin with `prefix`, without it.
Names functions(const fs::path& root, std::string_view prefix = "") {
  std::ifstream file(root / "proc/kallsyms");
  std::vector<std::string> names;
  for (std::string line; std::getline(file, line);) {  // ADDRESS TYPE NAME [MODULE]
    std::istringstream words(line);
    std::string address, type, name;
    words >> address >> type >> name;
    if ((type == "t" || type == "T" || type == "w" || type == "W") && name.starts_with(prefix))
      names.push_back(name.substr(prefix.size()));
  }
  if (names.empty()) return std::nullopt;
  return names;
}

bool is_cgroup(const fs::path& directory) {
  std::error_code error;
  return fs::exists(directory / "cgroup.procs", error);
}

std::string doubt_name(std::string_view what, const Names& names, const std::string& value) {
  if (!names) return "";
  NearestNames nearest(value);
  for (const std::string& name : *names) {
    if (name == value) return "";
    nearest.consider(name);
  }
  const std::string suggestion = nearest.suggestion();
  return format("this machine has no {} '{}'{}{}", what, value, suggestion.empty() ? "" : "; ", suggestion);
}

}  // namespace

std::string RunningKernel::doubt(std::string_view parameter, const std::string& value) const {
  if (parameter == "interface")
    return doubt_name("network interface", entries(root / "sys/class/net"), value);
  if (parameter == "tracepoint") return doubt_name("tracepoint", tracepoints(root), value);
  if (parameter == "function") return doubt_name("kernel function", functions(root), value);
  if (parameter == "hook") return doubt_name("LSM hook", functions(root, "bpf_lsm_"), value);
  std::error_code error;
  if (parameter == "binary" && value.starts_with('/') && !fs::exists(root / value.substr(1), error))
    return format("this machine has no file '{}'", value);
  if (parameter == "cgroup" && !is_cgroup(root / fs::path(value).relative_path()))
    return format("'{}' is no cgroup on this machine", value);
  return "";
}

std::string RunningKernel::default_of(std::string_view parameter, const std::string& default_value) const {
  // Where both versions of cgroups are mounted, the second is one floor down.
  const std::string second_version = "/sys/fs/cgroup/unified";
  if (parameter == "cgroup" && is_cgroup(root / second_version.substr(1))) return second_version;
  return default_value;
}

}  // namespace bpfbuild::scaffold
