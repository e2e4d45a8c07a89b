/// What `bpfbuild doctor` finds on a machine, before it is judged.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "load_causes.hpp"

namespace bpfbuild::doctor {

struct Program {
  std::filesystem::path path;         // empty: there is none that can be used
  std::string version;                // empty: it does not tell
  std::vector<std::string> rejected;  // what was found and cannot be used, with why
};

/// Which step of making a small object and its skeleton failed first, and with what words; both are empty
/// when all went well.
struct Trial {
  std::string step, error;
};

/// What objects are built with.
struct BuildFacts {
  Program cmake, ninja, make, cxx_compiler, c_compiler, clang, bpftool;
  std::string libbpf_of_bpftool;  // the version that bpftool was built with; empty: it does not tell
  std::filesystem::path libbpf_headers, libbpf_library;  // empty: not found
  std::string libbpf_version;
  std::optional<Trial> trial;  // nothing when something for it is missing
  Program llvm_link, opt, pahole, qemu, ccache;
  bool has_libclang = false, has_libarchive = false;
  bool has_kvm = false;  // for qemu
  std::string machine;   // as `uname -m` says
};

/// What the kernel lets programs do. Of each thing, whether it is there; what could not be found out is
/// absent.
struct Features {
  std::map<std::string, bool> program_types, map_types;
  std::map<std::string, std::vector<std::string>> helpers;  // with the types of programs that may call them
};

/// What programs run with.
struct RunFacts {
  std::string release, architecture;  // as uname says them
  Machine machine;
  bool has_tracefs = false, has_bpffs = false, has_cgroup2 = false;  // mounted
  bool has_uprobes = false;
  std::string security_modules;  // "capability,bpf", of /sys/kernel/security/lsm; empty: unknown
  std::optional<int> unprivileged_bpf_disabled;  // the sysctl
  std::optional<int> jit;                        // the sysctl bpf_jit_enable
  int bpf_error = 0;                             // errno of loading the smallest of all programs
  std::optional<Features> features;              // nothing where rights are missing
};

}  // namespace bpfbuild::doctor
