/// What a program needs to run in a place that has nothing: its loader and its shared libraries.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace bpfbuild::vm {

/// What an ELF program or library says of itself.
struct Binary {
  unsigned machine = 0;  // e_machine
  std::filesystem::path interpreter;
  std::vector<std::string> needed;               // libraries by name
  std::vector<std::filesystem::path> run_paths;  // where to look first, $ORIGIN replaced
};

/// Nothing for what is not ELF. Throws Error "PATH: ..." for damaged ELF.
std::optional<Binary> read_binary(const std::filesystem::path& path);

/// A file of the host, and where the guest is to have it.
struct Needed {
  std::filesystem::path path, source;
};

/// The loader and all libraries that the program needs, and those that they need. They are looked for as the
/// loader does, and where Debian keeps those of other architectures. Throws Error with the library that is
/// not there.
std::vector<Needed> libraries_of(const std::filesystem::path& program, const Binary& binary);

}  // namespace bpfbuild::vm
