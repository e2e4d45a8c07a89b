/// Known causes of failure, and what to do about them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace bpfbuild {

/// What the machine has to do with it.
struct Machine {
  bool is_root = false;
  std::uint64_t capabilities = 0;  // effective ones, a bit for each
  bool in_user_namespace = false;  // where capabilities count for less
  std::string lockdown;            // "none", "integrity", "confidentiality"; empty when unknown
  bool has_btf = false;            // /sys/kernel/btf/vmlinux
  bool has_tracefs = false;        // mounted
  bool has_kprobes = false;        // /sys/bus/event_source/devices/kprobe
  unsigned kernel_major = 0, kernel_minor = 0;
  std::uint64_t locked_memory_limit = 0;  // RLIMIT_MEMLOCK, bytes
};

/// The one that runs this.
Machine this_machine();

/// Those of the capabilities for loading programs that this process has not: "CAP_BPF, CAP_PERFMON". Empty when it
/// has all.
std::string missing_capabilities(const Machine& machine);

/// One step that failed.
struct Failure {
  std::string_view step;    // "open", "load" or "attach"
  int error = 0;            // errno
  std::string_view log;     // all that libbpf and the verifier said
  std::string_view reason;  // the verifier's last words; empty when it had no part in it
  // Of the map that the kernel did not create: its name, and see unset_size().
  std::string_view map{}, unset_size{};
  bool has_32_bit_code = false;  // the program that failed
};

/// What to do about it: a sentence without a full stop. Empty when nothing is known.
std::string find_hint(const Failure& failure, const Machine& machine);

}  // namespace bpfbuild
