/// What a BPF object does, told so that two of them can be compared: by names rather than by numbers that
/// depend on what else is in them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace bpfbuild::proof {

/// A section that is loaded: code, data, or the definitions of maps.
struct Section {
  bool is_code = false;
  std::uint64_t size = 0;
  std::vector<std::byte> bytes;                      // none for what begins as zeros
  std::map<std::uint64_t, std::string> functions;    // by the offset at which they begin
  std::map<std::uint64_t, std::string> references;   // to other sections and to symbols, by offset
  std::map<std::uint64_t, std::string> relocations;  // of CO-RE: "byte offset of struct task_struct.mm"
};

struct Object {
  std::map<std::string, Section> sections;
  /// What the loader and the kernel read in BTF, spelled out: "map 'events'" to its definition, "variable
  /// 'x'" and "function 'f'" to their types.
  std::map<std::string, std::string> declarations;
};

/// Throws Error for what is no BPF object with BTF.
Object read_object(const std::filesystem::path& path);

}  // namespace bpfbuild::proof
