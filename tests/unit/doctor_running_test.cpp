#include <algorithm>
#include <cerrno>

#include "catch.hpp"
#include "doctor/running.hpp"

using namespace bpfbuild;
using doctor::Finding;
using doctor::RunFacts;
using doctor::State;

namespace {

RunFacts kernel() {
  RunFacts facts;
  facts.machine.is_root = true;
  facts.machine.capabilities = ~std::uint64_t{0};
  facts.machine.kernel_major = 6;
  return facts;
}

Finding find(const RunFacts& facts, const std::string& name) {
  const std::vector<Finding> findings = judge_running(facts);
  const auto found = std::find_if(findings.begin(), findings.end(),
                                  [&](const Finding& finding) { return finding.name == name; });
  return found == findings.end() ? Finding{State::unknown, "", "", "no such finding", "", ""} : *found;
}

void check(const Finding& finding, State state, const std::string& found, const std::string& what_to_do) {
  CHECK(finding.state == state);
  CHECK(finding.found == found);
  CHECK(finding.what_to_do == what_to_do);
}

}  // namespace

TEST_CASE("what rights are missing, and why rights are not enough", "[doctor.running]") {
  RunFacts facts = kernel();
  check(find(facts, "rights"), State::ok, "CAP_BPF, CAP_PERFMON, CAP_NET_ADMIN", "");
  facts.bpf_error = EPERM;
  check(find(facts, "bpf()"), State::missing,
        "the kernel refuses the smallest program: Operation not permitted",
        "leave the container, or start it with the right to it (docker --privileged)");
  facts.bpf_error = ENOSYS;
  check(find(facts, "bpf()"), State::missing, "this kernel has none, for all programs",
        "boot a kernel with CONFIG_BPF_SYSCALL");
  facts.machine.capabilities = std::uint64_t{1} << 39;  // CAP_BPF
  check(find(facts, "rights"), State::missing, "this process has not CAP_PERFMON, CAP_NET_ADMIN",
        "give them to it (setcap, docker --cap-add)");
  facts.machine.is_root = false;
  facts.machine.capabilities = 0;
  check(find(facts, "rights"), State::missing, "this process has not CAP_BPF, CAP_PERFMON, CAP_NET_ADMIN",
        "run programs with sudo");
  check(find(facts, "features"), State::unknown,
        "which program types, map types and helpers there are takes the rights to find out",
        "sudo bpfbuild doctor");
}

TEST_CASE("what the settings of the kernel mean", "[doctor.running]") {
  RunFacts facts = kernel();
  check(find(facts, "unprivileged bpf()"), State::unknown, "no kernel.unprivileged_bpf_disabled", "");
  facts.unprivileged_bpf_disabled = 0;
  check(find(facts, "unprivileged bpf()"), State::ok, "allowed, for socket filters", "");

  check(find(facts, "JIT"), State::unknown, "no net.core.bpf_jit_enable", "");
  facts.jit = 0;
  check(find(facts, "JIT"), State::optional, "programs are interpreted, which is slow",
        "sudo sysctl net.core.bpf_jit_enable=1");

  check(find(facts, "lockdown"), State::unknown, "/sys/kernel/security cannot be read",
        "sudo mount -t securityfs securityfs /sys/kernel/security");
  facts.security_modules = "capability,bpf,yama";
  check(find(facts, "lockdown"), State::ok, "none", "");
  check(find(facts, "BPF LSM"), State::ok, "on", "");
  facts.machine.lockdown = "integrity";
  check(find(facts, "lockdown"), State::ok, "integrity: no program may write memory of user space", "");
  facts.machine.lockdown = "confidentiality";
  check(find(facts, "lockdown"), State::missing, "confidentiality: no program may read memory of the kernel",
        "boot with lockdown=none, or without Secure Boot");
}

TEST_CASE("old kernels count maps as locked memory", "[doctor.running]") {
  RunFacts facts = kernel();
  facts.machine.locked_memory_limit = 64 << 10;
  CHECK(find(facts, "locked memory").name.empty());
  facts.machine.kernel_major = 5;
  facts.machine.kernel_minor = 10;
  check(find(facts, "locked memory"), State::missing, "64 KiB, as which this kernel counts maps",
        "ulimit -l unlimited");
  facts.machine.locked_memory_limit = 64 << 20;
  check(find(facts, "locked memory"), State::ok, "enough for maps", "");
}

TEST_CASE("what is not mounted or not built in", "[doctor.running]") {
  RunFacts facts = kernel();
  check(find(facts, "bpffs"), State::optional, "not mounted, for what is pinned",
        "sudo mount -t bpf bpf /sys/fs/bpf");
  check(find(facts, "cgroup v2"), State::optional, "not mounted, for programs of cgroups",
        "sudo mount -t cgroup2 cgroup2 /sys/fs/cgroup");
  check(find(facts, "uprobes"), State::optional, "this kernel has none, for uprobe, uretprobe and usdt",
        "boot a kernel with CONFIG_UPROBE_EVENTS");
  facts.machine.has_kprobes = true;
  check(find(facts, "kprobes"), State::ok, "for kprobe and kretprobe", "");
}
