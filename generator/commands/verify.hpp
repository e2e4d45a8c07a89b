/// `bpfbuild verify`: whether kernels take the programs of objects, and what that costs.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "commands/format.hpp"

namespace bpfbuild::commands {

struct VerifyOptions {
  std::vector<std::string> objects;                // FILE, or ARCH=FILE for kernels of that architecture only
  std::vector<std::string> kernels;                // as for `bpfbuild vm`; empty: the running one
  std::vector<std::filesystem::path> guest_tools;  // bpfbuild built for other architectures
  std::vector<std::string> programs;               // empty: all
  Format format = Format::text;
  bool full_log = false;           // of programs that are refused
  std::filesystem::path baseline;  // to compare with; empty: none
  unsigned tolerance = 10;         // percent
  bool update_baseline = false;    // writes it instead
  std::string update_with;         // the command that does, for messages; empty: this one's option
};

/// Loads each program alone, prints a table of them, or JSON, and then why those that are refused are.
/// Throws Error when programs are refused, or with a baseline when something is otherwise than there; of kind
/// `unavailable` when that is not so, but a kernel could not be tried, or the baseline knows nothing of it.
void verify(const VerifyOptions& options);

}  // namespace bpfbuild::commands
