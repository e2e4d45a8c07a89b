/// Differences between kernels, for people and for programs.
#pragma once

#include <string>
#include <vector>

#include "commands/format.hpp"
#include "compare/difference.hpp"

namespace bpfbuild::commands {

/// What one kernel has otherwise.
struct KernelReport {
  std::string file;          // as the user named it
  std::string architecture;  // empty when none was named
  std::string release;       // empty when unknown
  std::vector<compare::Difference> differences;
};

/// A block for each kernel with a line for each difference, or a JSON array with the same, to be written to
/// standard output. `same` says in the table that a kernel has no difference.
std::string report(const std::vector<KernelReport>& reports, Format format, std::string_view same);

/// How many differences there are that CO-RE does not bridge.
std::size_t count_breaks(const std::vector<compare::Difference>& differences);

}  // namespace bpfbuild::commands
