#include <cerrno>
#include <cstring>

#include "doctor/running.hpp"
#include "support/format.hpp"
#include "support/text.hpp"

namespace bpfbuild::doctor {

namespace {

Finding ok(std::string name, std::string found) {
  return {State::ok, std::move(name), "", std::move(found), "", ""};
}

/// With an option of the kernel that would bring it.
Finding without(State state, std::string name, std::string_view what_for, std::string_view option) {
  return {state,
          std::move(name),
          "",
          format("this kernel has none, for {}", what_for),
          format("boot a kernel with {}", option),
          ""};
}

Finding mounted(bool is_mounted, std::string name, std::string place, std::string_view type,
                std::string_view what_for) {
  if (is_mounted) return ok(std::move(name), std::move(place));
  return {State::optional,
          std::move(name),
          "",
          format("not mounted, for {}", what_for),
          format("sudo mount -t {} {} {}", type, type, place),
          ""};
}

Finding judge_rights(const RunFacts& facts) {
  const std::string missing = missing_capabilities(facts.machine);
  if (!missing.empty())
    return {State::missing,
            "rights",
            "",
            format("this process has not {}", missing),
            facts.machine.is_root ? "give them to it (setcap, docker --cap-add)" : "run programs with sudo",
            ""};
  if (facts.bpf_error == ENOSYS)
    return without(State::missing, "bpf()", "all programs", "CONFIG_BPF_SYSCALL");
  if (facts.bpf_error != 0)
    return {State::missing,
            "bpf()",
            "",
            format("the kernel refuses the smallest program: {}", std::strerror(facts.bpf_error)),
            "leave the container, or start it with the right to it (docker --privileged)",
            ""};
  return ok("rights", "CAP_BPF, CAP_PERFMON, CAP_NET_ADMIN");
}

Finding judge_unprivileged(const RunFacts& facts) {
  const std::string name = "unprivileged bpf()";
  if (!facts.unprivileged_bpf_disabled)
    return {State::unknown, name, "", "no kernel.unprivileged_bpf_disabled", "", ""};
  return ok(name, *facts.unprivileged_bpf_disabled == 0 ? "allowed, for socket filters"
                                                        : "disabled: programs take CAP_BPF");
}

Finding judge_btf(const RunFacts& facts) {
  if (facts.machine.has_btf) return ok("BTF", "/sys/kernel/btf/vmlinux");
  Finding finding = without(State::missing, "BTF", "CO-RE and kernel types", "CONFIG_DEBUG_INFO_BTF");
  finding.what_to_do += ", or see bpf_generate_min_btf()";
  return finding;
}

Finding judge_jit(const RunFacts& facts) {
  if (!facts.jit) return {State::unknown, "JIT", "", "no net.core.bpf_jit_enable", "", ""};
  if (*facts.jit > 0) return ok("JIT", "programs run as machine code");
  return {State::optional,
          "JIT",
          "",
          "programs are interpreted, which is slow",
          "sudo sysctl net.core.bpf_jit_enable=1",
          ""};
}

Finding judge_lockdown(const RunFacts& facts) {
  const std::string& lockdown = facts.machine.lockdown;
  if (lockdown.empty() && facts.security_modules.empty())
    return {State::unknown,
            "lockdown",
            "",
            "/sys/kernel/security cannot be read",
            facts.machine.is_root ? "sudo mount -t securityfs securityfs /sys/kernel/security" : "",
            ""};
  if (lockdown == "confidentiality")
    return {State::missing,
            "lockdown",
            "",
            "confidentiality: no program may read memory of the kernel",
            "boot with lockdown=none, or without Secure Boot",
            ""};
  if (lockdown == "integrity") return ok("lockdown", "integrity: no program may write memory of user space");
  return ok("lockdown", "none");
}

void judge_memory_limit(const RunFacts& facts, std::vector<Finding>& findings) {
  const Machine& machine = facts.machine;
  if (machine.kernel_major > 5 || (machine.kernel_major == 5 && machine.kernel_minor >= 11)) return;
  const std::uint64_t kib = machine.locked_memory_limit / 1024;
  if (machine.locked_memory_limit >= (64U << 20))
    return findings.push_back(ok("locked memory", "enough for maps"));
  findings.push_back({State::missing, "locked memory", "",
                      format("{} KiB, as which this kernel counts maps", kib), "ulimit -l unlimited", ""});
}

/// How many of the things that libbpf knows are there, and which are not.
Finding judge_features(std::string kind, const std::map<std::string, bool>& features) {
  std::vector<std::string_view> absent;
  for (const auto& [name, is_there] : features) {
    if (!is_there) absent.push_back(name);
  }
  return ok(std::move(kind), format("{}, all that libbpf knows{}{}", features.size() - absent.size(),
                                    absent.empty() ? "" : " but ", joined(absent, ", ")));
}

std::map<std::string, bool> callable(const Features& features) {
  std::map<std::string, bool> helpers;
  for (const auto& [name, callers] : features.helpers) helpers[name] = !callers.empty();
  return helpers;
}

}  // namespace

std::vector<Finding> judge_running(const RunFacts& facts) {
  std::vector<Finding> findings = {Finding{State::ok, "Linux", facts.release, facts.architecture, "", ""},
                                   judge_rights(facts),
                                   judge_unprivileged(facts),
                                   judge_btf(facts),
                                   judge_jit(facts),
                                   judge_lockdown(facts)};
  judge_memory_limit(facts, findings);
  findings.push_back(
      mounted(facts.has_tracefs, "tracefs", "/sys/kernel/tracing", "tracefs", "tracepoints and kprobes"));
  findings.push_back(mounted(facts.has_bpffs, "bpffs", "/sys/fs/bpf", "bpf", "what is pinned"));
  findings.push_back(
      mounted(facts.has_cgroup2, "cgroup v2", "/sys/fs/cgroup", "cgroup2", "programs of cgroups"));
  findings.push_back(facts.machine.has_kprobes ? ok("kprobes", "for kprobe and kretprobe")
                                               : without(State::optional, "kprobes", "kprobe and kretprobe",
                                                         "CONFIG_KPROBE_EVENTS"));
  findings.push_back(facts.has_uprobes ? ok("uprobes", "for uprobe, uretprobe and usdt")
                                       : without(State::optional, "uprobes", "uprobe, uretprobe and usdt",
                                                 "CONFIG_UPROBE_EVENTS"));
  if (!facts.security_modules.empty()) {
    const bool has_bpf = ("," + facts.security_modules + ",").find(",bpf,") != std::string::npos;
    findings.push_back(has_bpf ? ok("BPF LSM", "on")
                               : Finding{State::optional, "BPF LSM", "",
                                         "off: programs of type lsm are not called",
                                         format("boot with lsm={},bpf", facts.security_modules), ""});
  }
  if (!facts.features) {
    findings.push_back({State::unknown, "features", "",
                        "which program types, map types and helpers there are takes the rights to find out",
                        facts.machine.is_root ? "" : "sudo bpfbuild doctor", ""});
    return findings;
  }
  findings.push_back(judge_features("program types", facts.features->program_types));
  findings.push_back(judge_features("map types", facts.features->map_types));
  findings.push_back(judge_features("helpers", callable(*facts.features)));
  return findings;
}

}  // namespace bpfbuild::doctor
