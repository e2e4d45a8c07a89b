/// One run of QEMU.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "support/file.hpp"
#include "vm/architecture.hpp"
#include "vm/console.hpp"

namespace bpfbuild::vm {

/// A guest that is ready to be started.
struct Guest {
  const Architecture* architecture = nullptr;
  Bytes kernel;
  std::string initramfs;
  std::string kernel_arguments;
  unsigned memory = 256;  // MiB
  bool allow_kvm = true;
  std::filesystem::path qemu;  // empty: that of the architecture, in PATH
};

/// Why a run has come to its end.
struct QemuEnd {
  enum class Kind { reported, timed_out, ended } kind;
  std::string status;   // of QEMU when it ended by itself: "exit code 1", "signal 9 (Killed)"
  bool failed = false;  // with an exit code other than 0
  std::string errors;   // what it wrote to its standard error
};

/// Whether this machine runs guests of the architecture itself, rather than emulates them.
bool has_kvm(const Architecture& architecture);

/// What starts the guest, whose kernel and initramfs are in these files.
std::vector<std::string> qemu_command(const Guest& guest, bool with_kvm, const std::string& kernel,
                                      const std::string& initramfs);

/// Runs QEMU until init has said its last word: at most `boot_limit` until it says its first one, and `limit`
/// from then on. QEMU ends with this process, whatever ends that. Throws Error, of kind `unavailable` where
/// there is no QEMU for the architecture.
QemuEnd run_qemu(const Guest& guest, Console& console, std::chrono::seconds boot_limit,
                 std::chrono::seconds limit);

}  // namespace bpfbuild::vm
