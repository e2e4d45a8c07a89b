/// `bpfbuild link`: compiled BPF files to one object that a loader takes.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace bpfbuild::commands {

struct LinkOptions {
  std::string bpftool = "bpftool";
  std::vector<std::filesystem::path> source_directories;  // that the sources' names are relative to
  bool warnings_are_errors = false;
  std::filesystem::path output;
  std::vector<std::string> inputs;
};

/// Links by bpftool, and prints what a loader would find wrong. Throws Error when that, or the linking, makes
/// the object useless.
void link(const LinkOptions& options);

}  // namespace bpfbuild::commands
