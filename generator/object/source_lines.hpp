/// The text of source lines, which the verifier's log shows between the instructions.
#pragma once

#include <filesystem>
#include <vector>

#include "object/object.hpp"

namespace bpfbuild::object {

/// Writes into the file `path`, which `object` was read from, the text of lines that it has none of. clang
/// embeds a file's text where the first that it says of the file stands in it as such, and where a macro has
/// made that, as BPF_PROG() does, has none. Names of sources are relative to one of the directories; what is
/// not found stays without. Throws Error "PATH: cannot write: REASON".
void add_missing_source_lines(const std::filesystem::path& path, const Object& object,
                              const std::vector<std::filesystem::path>& source_directories);

}  // namespace bpfbuild::object
