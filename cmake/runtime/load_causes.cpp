#include "load_causes.hpp"

#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace bpfbuild {

namespace {

constexpr unsigned net_admin = 12, sys_admin = 21, perfmon = 38, bpf = 39;  // CAP_...

/// A phrase of the verifier or of libbpf, in all its versions, and what it means to the author of the
/// program.
struct Cause {
  std::string_view phrase;
  std::string_view hint;
  /// The verifier may have lost sight of a bound, or of states that are alike, in 32-bit instructions.
  bool depends_on_cpu = false;
};

/// The first that fits is taken: what is special stands before what is general.
constexpr std::array causes = {
    Cause{"failed to resolve CO-RE relocation", ""},  // see missing_field()
    Cause{"<invalid CO-RE relocation>", ""},
    Cause{
        "program of this type cannot use helper",
        "programs of this type may not call this helper; `bpftool feature probe` lists those that they may"},
    Cause{"unknown func ",
          "this kernel does not let programs of this type call this helper; `bpftool feature probe` lists "
          "those that they may"},
    Cause{"invalid func unknown#",
          "this kernel has no such helper: it is older than the program needs it to be"},
    Cause{"cannot call GPL",
          "this helper is for programs under the GPL: give the object char LICENSE[] SEC(\"license\") = "
          "\"GPL\""},
    Cause{"GPL-compatible", "give the object char LICENSE[] SEC(\"license\") = \"GPL\""},
    Cause{"infinite loop detected",
          "the verifier must see the loop end: count up to a constant, or use bpf_loop() or bpf_for()"},
    Cause{"back-edge from insn",
          "this kernel accepts no loops: unroll it (#pragma unroll), or use Linux 5.3 or newer"},
    Cause{"BPF program is too large",
          "the verifier gave up after a million instructions: give loops a smaller bound, use bpf_loop(), or "
          "split off functions that are not static, which it verifies once",
          true},
    Cause{"The sequence of ",
          "there are too many branches at once: use bpf_loop(), or fewer conditions in loops", true},
    Cause{"combined stack size of",
          "a program and the functions that it calls have 512 bytes of stack in total: put large variables "
          "into a "
          "per-CPU array"},
    Cause{"stack R10 off=-", "the stack has 512 bytes: put large variables into a per-CPU array"},
    Cause{"invalid stack off=-", "the stack has 512 bytes: put large variables into a per-CPU array"},
    Cause{"_or_null'",
          "the pointer may be null here: check it right before its use, if (!pointer) return 0;"},
    Cause{"invalid access to packet",
          "compare with the end of the packet first: if (data + size > data_end) return 0;", true},
    Cause{"invalid access to map value",
          "this is outside of the map's value: check the index right before its use, against the size", true},
    Cause{"unbounded memory access",
          "the index has no upper bound here: check it right before its use, if (i >= size) return 0;, and "
          "keep it "
          "unsigned",
          true},
    Cause{"min value is negative",
          "the index may be negative here: make it unsigned, or check that it is not", true},
    Cause{"with unbounded min value",
          "the index may be negative here: make it unsigned, or check that it is not", true},
    Cause{"outside of the allowed memory range",
          "this is outside of the memory: check the index right before its use, against the size", true},
    Cause{"invalid mem access 'scalar'",
          "this is no pointer that programs may follow: read through it with BPF_CORE_READ() or "
          "bpf_probe_read_kernel()"},
    Cause{"invalid mem access 'inv'",
          "this is no pointer that programs may follow: read through it with BPF_CORE_READ() or "
          "bpf_probe_read_kernel()"},
    Cause{"!read_ok", "this variable has no value on one of the ways to here: initialise it"},
    Cause{"indirect read from stack", "this memory has no value in all its bytes: initialise it, = {}"},
    Cause{"cannot pass map_type", "this helper is for another type of map"},
    Cause{"Unreleased reference",
          "what was reserved or acquired must be given back on every way out of the program"},
    Cause{"not found in kernel or module BTFs",
          "this kernel does not have what is declared __ksym: declare it __weak and ask bpf_ksym_exists(), "
          "or use a "
          "kernel that has it"},
    Cause{"failed to find kernel BTF type ID of",
          "this kernel has no such function, or has it inlined: `bpftool btf dump file "
          "/sys/kernel/btf/vmlinux` "
          "lists those it has"},
    Cause{"failed to determine tracepoint", ""},  // see missing_tracepoint()
    Cause{"failed to create kprobe", ""},         // see missing_probe()
    Cause{"failed to attach to raw",
          "this kernel has no such tracepoint: /sys/kernel/tracing/events lists those it has"},
    // Without a word of the verifier.
    Cause{"BPF program load failed: Invalid argument",
          "this kernel does not know this type of program, or this way of attaching it: it is older than the "
          "program needs it to be; `bpftool feature probe` lists the types that it knows"},
    Cause{"missing BPF prog type",
          "check the name of the section: SEC(\"...\") says what kind of program it is"},
};

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool has_capability(const Machine& machine, unsigned number) {
  return (machine.capabilities >> number & 1U) != 0 || (machine.capabilities >> sys_admin & 1U) != 0;
}

/// The rights that were missing.
std::string missing_rights(const Machine& machine) {
  if (!machine.is_root && machine.capabilities == 0) return "it needs root: run it with sudo";
  if (machine.in_user_namespace)
    return "this process is root in a user namespace only, as in rootless containers: run it as root outside "
           "of it";
  const std::string missing = missing_capabilities(machine);
  if (missing.empty()) return "";
  return "this process has not " + missing +
         ": CAP_BPF is for all programs, CAP_PERFMON for tracing, CAP_NET_ADMIN for networking; run it as "
         "root, or give it those that it needs (setcap, AmbientCapabilities=, docker --cap-add)";
}

/// "this kernel has no field 'task_struct.no_such_field'", out of "<byte_off> [50] struct
/// task_struct.no_such_field (0:0 ...".
std::string missing_field(std::string_view log) {
  std::string_view rest = log;
  const std::size_t start = rest.rfind("failed to resolve CO-RE relocation ");
  if (start != std::string_view::npos) rest = rest.substr(start);
  const std::size_t type = rest.find("] ");
  const std::size_t end = rest.find(" (", type == std::string_view::npos ? 0 : type);
  if (start == std::string_view::npos || type == std::string_view::npos || end == std::string_view::npos)
    return "this kernel has not the type or field that the program reads: ask bpf_core_field_exists() first";
  return "this kernel has no '" + std::string(rest.substr(type + 2, end - type - 2)) +
         "': ask bpf_core_field_exists() or bpf_core_type_exists() first, or name it as this kernel does";
}

/// Locked down so far that nobody may read what the kernel has.
bool is_confidential(const Machine& machine) { return machine.lockdown == "confidentiality"; }

/// Empty when the kernel is not locked down.
std::string lockdown_hint(const Machine& machine) {
  if (machine.lockdown.empty() || machine.lockdown == "none") return "";
  const char* const what =
      is_confidential(machine) ? "read kernel memory, nor trace it" : "write to the memory of processes";
  return "the kernel is locked down (" + machine.lockdown +
         ", /sys/kernel/security/lockdown), and lets no program " + what +
         ": boot with lockdown=none, or without Secure Boot";
}

std::string missing_tracepoint(const Machine& machine) {
  // Then tracefs is empty.
  if (is_confidential(machine)) return lockdown_hint(machine);
  if (!machine.has_tracefs) return "tracefs is not mounted: mount -t tracefs tracefs /sys/kernel/tracing";
  return "this kernel has no such tracepoint: /sys/kernel/tracing/events lists those it has";
}

std::string missing_probe(const Machine& machine) {
  if (!machine.has_kprobes) return "this kernel has no kprobes (CONFIG_KPROBE_EVENTS)";
  return "this function cannot be traced: /sys/kernel/tracing/available_filter_functions lists those that "
         "can; others are inlined, or renamed with a suffix such as .isra.0";
}

/// Causes that are not the program's.
std::string machine_hint(const Failure& failure, const Machine& machine) {
  if (contains(failure.log, "kernel BTF is missing") || contains(failure.log, "valid kernel BTF") ||
      contains(failure.log, "Error loading vmlinux BTF")) {
    if (!machine.has_btf)
      return "this kernel has no BTF (/sys/kernel/btf/vmlinux): one with CONFIG_DEBUG_INFO_BTF is needed, or "
             "a file with its BTF (btf_custom_path)";
  }
  if (failure.error == EPERM || failure.error == EACCES) {
    const std::string rights = missing_rights(machine);
    if (!rights.empty()) return rights;
    if (is_confidential(machine)) return lockdown_hint(machine);
    const bool counts_memory =
        machine.kernel_major < 5 || (machine.kernel_major == 5 && machine.kernel_minor < 11);
    if (counts_memory && machine.locked_memory_limit < (64U << 20))
      return "this kernel counts maps as locked memory, of which this process may have " +
             std::to_string(machine.locked_memory_limit / 1024) +
             " KiB: run it as root, or raise the limit (ulimit -l unlimited, LimitMEMLOCK=infinity)";
    // libbpf first tries a program that does nothing: where that passed, bpf() is not forbidden.
    if (contains(failure.log, "': BPF program load failed: "))
      return "this process may load programs, but not this one: a security module of the kernel "
             "(/sys/kernel/security/lsm) forbids it, or the kernel lets nobody trace its functions (fentry, "
             "fexit, fmod_ret, lsm), where a tracepoint (tp, tp_btf, raw_tp) may do";
    if (failure.step != "attach")
      return "this process has all rights, but something forbids it: the seccomp filter of a container "
             "(docker --security-opt seccomp=unconfined), or a security module of the kernel "
             "(/sys/kernel/security/lsm)";
  }
  return "";
}

/// That code for an older CPU may do, to follow the hint of `cause`; empty where it does not matter.
std::string cpu_hint(const Failure& failure, const Cause& cause) {
  // A pointer into the packet that has no ID was only ever moved by constants.
  if (!failure.has_32_bit_code || !cause.depends_on_cpu || contains(failure.reason, "(id=0,")) return "";
  return "; or try code without 32-bit instructions, in which the verifier sees less: "
         "add_bpf_object(... CPU v2)";
}

/// What libbpf says of a function of user space that it does not find, before the kernel is asked.
std::string binary_hint(const Failure& failure) {
  if (failure.step != "attach") return "";
  for (const std::string_view phrase :
       {"failed to resolve full path", "failed to open", "failed to find symbol", "in symtab for '",
        "failed to create uprobe", "failed to add legacy uprobe"}) {
    if (contains(failure.log, phrase))
      return "check the path of the binary, and the name of the function in it";
  }
  return "";
}

std::string map_hint(const Failure& failure) {
  const std::size_t start = failure.log.rfind("failed to create: ");
  if (start == std::string_view::npos) return "";
  if (!failure.unset_size.empty()) {
    const std::string size(failure.unset_size);
    return "the " + size + " of map '" + std::string(failure.map) +
           "' is 0: set it before loading, by bpf_map__set_" + size + "(), or in the program, by __uint(" +
           size + ", N)";
  }
  if (failure.error == E2BIG || failure.error == ENOMEM)
    return "the map is too large: make its max_entries smaller";
  return "this kernel does not know the type of this map, or not these sizes and flags: `bpftool feature "
         "probe` lists the types that it knows; a ring buffer's size must be a power of 2 and whole pages";
}

}  // namespace

Machine this_machine() {
  Machine machine;
  machine.is_root = geteuid() == 0;
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    if (word == "CapEff:") status >> std::hex >> machine.capabilities >> std::dec;
  }
  std::ifstream mapped_users("/proc/self/uid_map");
  std::uint64_t first = 0, outside = 0, count = 0;
  constexpr std::uint64_t all_users = 0xffffffff;
  machine.in_user_namespace = mapped_users >> first >> outside >> count && count != all_users;
  std::ifstream lockdown("/sys/kernel/security/lockdown");
  for (std::string word; lockdown >> word;) {
    if (word.size() > 2 && word.front() == '[') machine.lockdown = word.substr(1, word.size() - 2);
  }
  machine.has_btf = access("/sys/kernel/btf/vmlinux", R_OK) == 0;
  machine.has_tracefs = access("/sys/kernel/tracing/events", F_OK) == 0 ||
                        access("/sys/kernel/debug/tracing/events", F_OK) == 0;
  machine.has_kprobes = access("/sys/bus/event_source/devices/kprobe", F_OK) == 0;
  utsname name{};
  uname(&name);
  std::sscanf(name.release, "%u.%u", &machine.kernel_major, &machine.kernel_minor);
  rlimit limit{};
  getrlimit(RLIMIT_MEMLOCK, &limit);
  machine.locked_memory_limit = limit.rlim_cur;
  return machine;
}

std::string missing_capabilities(const Machine& machine) {
  std::string missing;
  for (const auto& [number, name] :
       {std::pair{bpf, "CAP_BPF"}, {perfmon, "CAP_PERFMON"}, {net_admin, "CAP_NET_ADMIN"}}) {
    const bool has =
        number == net_admin ? (machine.capabilities >> net_admin & 1U) != 0 : has_capability(machine, number);
    if (!has) missing += (missing.empty() ? "" : ", ") + std::string(name);
  }
  return missing;
}

std::string find_hint(const Failure& failure, const Machine& machine) {
  // Where the verifier has spoken, it is the program.
  if (failure.reason.empty()) {
    const std::string hint = machine_hint(failure, machine);
    if (!hint.empty()) return hint;
  }
  if ((contains(failure.reason, "bpf_probe_read") && is_confidential(machine)) ||
      contains(failure.reason, "bpf_probe_write_user")) {
    const std::string hint = lockdown_hint(machine);
    if (!hint.empty()) return hint;
  }
  const std::string_view text = failure.reason.empty() ? failure.log : failure.reason;
  for (const Cause& cause : causes) {
    if (!contains(text, cause.phrase)) continue;
    if (contains(cause.phrase, "CO-RE")) return missing_field(failure.log);
    if (contains(cause.phrase, "tracepoint")) return missing_tracepoint(machine);
    if (contains(cause.phrase, "kprobe")) return missing_probe(machine);
    return std::string(cause.hint) + cpu_hint(failure, cause);
  }
  const std::string hint = binary_hint(failure);
  return hint.empty() ? map_hint(failure) : hint;
}

}  // namespace bpfbuild
