/// `bpfbuild doctor`: what this machine has and lacks for building and running BPF programs.
#pragma once

#include "commands/format.hpp"

namespace bpfbuild::commands {

struct DoctorOptions {
  Format format = Format::text;
};

/// Prints it. False when something is missing that a build needs.
bool doctor(const DoctorOptions& options);

}  // namespace bpfbuild::commands
