/// `bpfbuild header`: kernel BTF to a small C header.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace bpfbuild::commands {

struct HeaderOptions {
  std::vector<std::filesystem::path> btf;  // empty: the running kernel's
  std::filesystem::path base_btf;          // empty: none was named
  std::vector<std::string> types;  // specifications, see select/spec.hpp
  std::filesystem::path output;    // empty: standard output
  std::string regenerate_with;     // what the header names as the command to renew it; empty: this command
};

/// Reads the BTF, gives up the rights of sudo, and writes the header. Throws Error; then nothing has been
/// written.
void header(const HeaderOptions& options);

}  // namespace bpfbuild::commands
