/// `bpfbuild diff`: what changed in types between two kernels.
#pragma once

#include <string>
#include <vector>

#include "commands/format.hpp"

namespace bpfbuild::commands {

struct DiffOptions {
  std::string before;  // files as --btf takes them
  std::string after;
  std::vector<std::string> types;  // specifications, see select/spec.hpp; empty: all
  Format format = Format::text;
};

/// Prints what the second kernel has otherwise than the first. Throws Error, also for a type that neither of
/// them has.
void diff(const DiffOptions& options);

}  // namespace bpfbuild::commands
