/// BPF sources, and how each is compiled.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace bpfbuild::usage {

struct Source {
  std::filesystem::path path;      // absolute
  std::vector<std::string> flags;  // of clang

  [[nodiscard]] std::string name() const { return path.filename().native(); }
};

/// Sources with the same flags, from a file with an argument on each line: `SOURCE... -- FLAG...`. A line
/// that begins with SHELL: has several arguments, quoted as for a shell. Throws Error.
std::vector<Source> read_compilation(const std::filesystem::path& file);

}  // namespace bpfbuild::usage
