/// `bpfbuild verify`: whether the running kernel takes the programs of objects, and what that costs.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "commands/format.hpp"

namespace bpfbuild::commands {

struct VerifyOptions {
  std::vector<std::filesystem::path> objects;
  std::vector<std::string> programs;  // empty: all
  Format format = Format::text;
  bool full_log = false;           // of programs that are refused
  std::filesystem::path baseline;  // to compare with; empty: none
  unsigned tolerance = 10;         // percent
  bool update_baseline = false;    // writes it instead
  std::string update_with;         // the command that does, for messages; empty: this one's option
};

/// Loads each program alone, prints a table of them, or JSON, and then why those that are refused are.
/// Throws Error when programs are refused, or with a baseline when something is otherwise than there; of kind
/// `unavailable` when nothing can be loaded, or the baseline knows nothing of this kernel.
void verify(const VerifyOptions& options);

}  // namespace bpfbuild::commands
