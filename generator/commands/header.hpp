/// `bpfbuild header`: kernel BTF to a small C header.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "select/selection.hpp"

namespace bpfbuild::commands {

/// The closures by the names that the command line has for them.
inline const std::map<std::string, select::Closure> closures{{"fields", select::Closure::fields},
                                                             {"value", select::Closure::value},
                                                             {"pointer", select::Closure::pointer}};

struct HeaderOptions {
  std::vector<std::string> btf;                     // see kernel_files.hpp; empty: the running kernel's
  std::vector<std::string> base_btf;                // empty: none was named
  std::vector<std::string> types;                   // specifications, see select/spec.hpp
  std::vector<std::string> kfuncs;                  // names or patterns
  std::vector<std::string> tracepoints;             // specifications, see tracefs/events.hpp
  std::vector<std::string> tracepoints_from;        // see kernel_files.hpp; empty: the running kernel
  bool full = false;                                // every type and kfunc
  std::vector<std::filesystem::path> sources;       // BPF programs whose types are wanted
  std::vector<std::string> flags;                   // of clang, for them
  std::vector<std::filesystem::path> compilations;  // more of them, see usage/source.hpp
  std::string clang = "clang";
  bool prove = false;  // that the sources compile to the same with this header as with all types
  select::Closure closure = select::Closure::value;
  std::filesystem::path output;  // empty: standard output
  std::string regenerate_with;   // what the header names as the command to renew it; empty: this command
};

/// What a header with these options is made for, as it stands in the header: the types, and the other options
/// that choose what is in it.
std::vector<std::string> request(const HeaderOptions& options);

/// Reads the BTF, gives up the rights of sudo, and writes the header. Throws Error; then nothing has been
/// written.
void header(const HeaderOptions& options);

}  // namespace bpfbuild::commands
