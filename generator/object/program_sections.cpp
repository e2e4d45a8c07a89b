#include "object/program_sections.hpp"

#include <algorithm>
#include <iterator>
#include <vector>

#include "support/format.hpp"
#include "support/text.hpp"

namespace bpfbuild::object {

namespace {

/// As in the kernel's Documentation/bpf/libbpf/program_types.rst: a `+` stands for an end of the name that
/// begins with a slash, or nothing.
constexpr std::string_view known[] = {"action",
                                      "cgroup/bind4",
                                      "cgroup/bind6",
                                      "cgroup/connect4",
                                      "cgroup/connect6",
                                      "cgroup/connect_unix",
                                      "cgroup/dev",
                                      "cgroup/getpeername4",
                                      "cgroup/getpeername6",
                                      "cgroup/getpeername_unix",
                                      "cgroup/getsockname4",
                                      "cgroup/getsockname6",
                                      "cgroup/getsockname_unix",
                                      "cgroup/getsockopt",
                                      "cgroup/post_bind4",
                                      "cgroup/post_bind6",
                                      "cgroup/recvmsg4",
                                      "cgroup/recvmsg6",
                                      "cgroup/recvmsg_unix",
                                      "cgroup/sendmsg4",
                                      "cgroup/sendmsg6",
                                      "cgroup/sendmsg_unix",
                                      "cgroup/setsockopt",
                                      "cgroup/skb",
                                      "cgroup/sock",
                                      "cgroup/sock_create",
                                      "cgroup/sock_release",
                                      "cgroup/sysctl",
                                      "cgroup_skb/egress",
                                      "cgroup_skb/ingress",
                                      "classifier",
                                      "fentry+",
                                      "fentry.s+",
                                      "fexit+",
                                      "fexit.s+",
                                      "flow_dissector",
                                      "fmod_ret+",
                                      "fmod_ret.s+",
                                      "freplace+",
                                      "fsession+",
                                      "fsession.s+",
                                      "iter+",
                                      "iter.s+",
                                      "kprobe+",
                                      "kprobe.multi+",
                                      "kprobe.session+",
                                      "kretprobe+",
                                      "kretprobe.multi+",
                                      "kretsyscall+",
                                      "ksyscall+",
                                      "lirc_mode2",
                                      "lsm+",
                                      "lsm.s+",
                                      "lsm_cgroup+",
                                      "lwt_in",
                                      "lwt_out",
                                      "lwt_seg6local",
                                      "lwt_xmit",
                                      "netfilter",
                                      "netkit/peer",
                                      "netkit/primary",
                                      "perf_event",
                                      "raw_tp+",
                                      "raw_tp.w+",
                                      "raw_tracepoint+",
                                      "raw_tracepoint.w+",
                                      "sk_lookup",
                                      "sk_msg",
                                      "sk_reuseport",
                                      "sk_reuseport/migrate",
                                      "sk_skb",
                                      "sk_skb/stream_parser",
                                      "sk_skb/stream_verdict",
                                      "sk_skb/verdict",
                                      "socket",
                                      "sockops",
                                      "struct_ops+",
                                      "struct_ops.s+",
                                      "syscall",
                                      "tc",
                                      "tc/egress",
                                      "tc/ingress",
                                      "tcx/egress",
                                      "tcx/ingress",
                                      "tp+",
                                      "tp_btf+",
                                      "tracepoint+",
                                      "uprobe+",
                                      "uprobe.multi+",
                                      "uprobe.multi.s+",
                                      "uprobe.s+",
                                      "uprobe.session+",
                                      "uprobe.session.s+",
                                      "uretprobe+",
                                      "uretprobe.multi+",
                                      "uretprobe.multi.s+",
                                      "uretprobe.s+",
                                      "usdt+",
                                      "usdt.s+",
                                      "xdp",
                                      "xdp.frags",
                                      "xdp.frags/cpumap",
                                      "xdp.frags/devmap",
                                      "xdp/cpumap",
                                      "xdp/devmap"};

/// A leading `?` says that the program is not to be loaded by itself.
std::string_view without_mark(std::string_view name) { return name.substr(name.substr(0, 1) == "?" ? 1 : 0); }

bool fits(std::string_view pattern, std::string_view name) {
  if (pattern.back() != '+') return name == pattern;
  pattern.remove_suffix(1);
  return name.substr(0, pattern.size()) == pattern &&
         (name.size() == pattern.size() || name[pattern.size()] == '/');
}

}  // namespace

bool is_program_section(std::string_view name) {
  name = without_mark(name);
  return std::any_of(std::begin(known), std::end(known), [&](auto pattern) { return fits(pattern, name); });
}

std::string flaw_of_program_section(std::string_view name) {
  name = without_mark(name);
  const bool is_tracepoint = name.substr(0, 3) == "tp/" || name.substr(0, 11) == "tracepoint/";
  if (is_tracepoint && std::count(name.begin(), name.end(), '/') != 2) {
    return "expected tracepoint/<category>/<name>, as in tracepoint/syscalls/sys_enter_execve";
  }
  return {};
}

std::string suggest_program_section(std::string_view name) {
  const std::string_view mark = name.substr(0, name.size() - without_mark(name).size());
  name = without_mark(name);
  const std::string_view start = name.substr(0, name.find('/'));
  const std::string_view end = name.substr(start.size());
  NearestNames whole(name), starts(start);  // an end is right whatever it is, and makes no name nearer
  for (const std::string_view pattern : known) {
    if (pattern.back() == '+') {
      starts.consider(pattern.substr(0, pattern.size() - 1));
    } else {
      whole.consider(pattern);
    }
  }

  std::vector<std::string> names;
  const auto add = [&](std::string_view front, std::string_view back) {
    std::string suggested = std::string(mark).append(front).append(back);
    if (std::find(names.begin(), names.end(), suggested) == names.end()) names.push_back(suggested);
  };
  // Older libbpf took any end behind a known section.
  for (std::string_view front = name; names.empty() && front.find('/') != std::string_view::npos;) {
    front = front.substr(0, front.rfind('/'));
    if (is_program_section(front)) add(front, "");
  }
  for (const std::string& each : starts.names()) add(each, end);
  for (const std::string& each : whole.names()) add(each, "");
  return names.empty() ? std::string() : format("did you mean {}?", quoted_alternatives(names));
}

}  // namespace bpfbuild::object
