/// `bpfbuild verify`: whether the running kernel takes the programs of an object, and what that costs.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "commands/format.hpp"

namespace bpfbuild::commands {

struct VerifyOptions {
  std::filesystem::path object;
  std::vector<std::string> programs;  // empty: all
  bool full_log = false;              // of programs that are refused
  Format format = Format::text;
};

/// Loads each program alone, prints a table of them, or JSON, and then why those that are refused are.
/// Nothing is pinned or attached. Throws Error when programs are refused, and when nothing can be loaded at
/// all.
void verify(const VerifyOptions& options);

}  // namespace bpfbuild::commands
