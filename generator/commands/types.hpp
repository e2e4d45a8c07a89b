/// `bpfbuild types`: the types of a BPF object to a header for user space.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace bpfbuild::commands {

struct TypesOptions {
  std::filesystem::path object;             // with BTF
  std::vector<std::string> types;           // specifications, see select/exports.hpp
  std::vector<std::string> shared_headers;  // that define the types for both sides, as #include names them
  std::filesystem::path output;             // empty: standard output
};

/// Reads the object and writes the header. Throws Error; then nothing has been written.
void types(const TypesOptions& options);

}  // namespace bpfbuild::commands
