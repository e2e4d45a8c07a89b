/// `bpfbuild vm`: a command on another kernel.
#pragma once

#include <string>
#include <vector>

#include "vm/run.hpp"

namespace bpfbuild::commands {

struct VmOptions {
  vm::Options machine;  // the kernel `host` is the running one
  std::vector<std::string> command;
  std::string expect;  // what it has to print, an extended regular expression of POSIX; empty: anything
};

/// Runs the command, passes its output on, and returns its exit code. Throws Error as vm::run() does; when
/// the command ends with 0 without what was expected of its output; and on the running kernel also when BPF
/// programs cannot be loaded there, of kind `unavailable`.
int vm(const VmOptions& options);

}  // namespace bpfbuild::commands
