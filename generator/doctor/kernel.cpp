#include <linux/magic.h>
#include <sys/statfs.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <fstream>

#include "doctor/features.hpp"
#include "doctor/running.hpp"

namespace bpfbuild::doctor {

namespace {

bool is_mounted(const char* path, long type) {
  struct statfs filesystem {};
  return ::statfs(path, &filesystem) == 0 && filesystem.f_type == type;
}

std::optional<int> number_in(const char* path) {
  std::ifstream file(path);
  int number = 0;
  if (!(file >> number)) return std::nullopt;
  return number;
}

}  // namespace

RunFacts ask_kernel() {
  RunFacts facts;
  utsname name{};
  ::uname(&name);
  facts.release = name.release;
  facts.architecture = name.machine;
  facts.machine = this_machine();
  // Not only where this process may look into it.
  facts.has_tracefs = facts.machine.has_tracefs || is_mounted("/sys/kernel/tracing", TRACEFS_MAGIC);
  facts.has_bpffs = is_mounted("/sys/fs/bpf", BPF_FS_MAGIC);
  facts.has_cgroup2 = is_mounted("/sys/fs/cgroup", CGROUP2_SUPER_MAGIC) ||
                      is_mounted("/sys/fs/cgroup/unified", CGROUP2_SUPER_MAGIC);
  facts.has_uprobes = ::access("/sys/bus/event_source/devices/uprobe", F_OK) == 0;
  std::getline(std::ifstream("/sys/kernel/security/lsm"), facts.security_modules);
  facts.unprivileged_bpf_disabled = number_in("/proc/sys/kernel/unprivileged_bpf_disabled");
  facts.jit = number_in("/proc/sys/net/core/bpf_jit_enable");
  facts.bpf_error = try_to_load();
  if (facts.bpf_error == 0 && missing_capabilities(facts.machine).empty()) facts.features = probe_features();
  return facts;
}

}  // namespace bpfbuild::doctor
