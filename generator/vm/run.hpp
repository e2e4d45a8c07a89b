/// Commands run by kernels in small virtual machines.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "vm/console.hpp"

namespace bpfbuild::vm {

struct Options {
  std::filesystem::path kernel;              // an image, or one of Debian, see debian_kernels.hpp
  std::vector<std::filesystem::path> files;  // that the command needs, apart from its libraries
  unsigned memory = 256;                     // MiB; more if the files are large
  std::chrono::seconds timeout{120};         // of the command; the guest has two minutes to start
  std::vector<std::string> modules;          // to load first, see modules.hpp
  std::string append;                        // to the kernel's arguments
  std::filesystem::path qemu;                // empty: that of the kernel's architecture, in PATH
  bool allow_kvm = true;
};

/// Runs a command as root on a kernel, in a virtual machine without network, and passes its output on. The
/// command, its libraries and the files are where they are on this machine, and so is the directory that it
/// starts in; nothing else is there. It gets the environment, apart from PATH, HOME and LD_LIBRARY_PATH.
///
/// Returns its exit code, 128 and more for a signal. Throws Error when init does not report one: of kind
/// `unavailable` without QEMU or the kernel, of kind `machine_failed` when the guest panicked, hung, or QEMU
/// ended. A guest that ended before the command began is started again, emulated, twice at most: that is told
/// on standard error.
int run(const Options& options, const std::vector<std::string>& command, const Console::Sink& sink);

}  // namespace bpfbuild::vm
