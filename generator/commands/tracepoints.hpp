/// The arguments of --tracepoint and --tracepoints-from.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "btf/type_table.hpp"
#include "select/record.hpp"
#include "tracefs/events.hpp"

namespace bpfbuild::commands {

class Tracepoints {
 public:
  /// Reads the format files, without looking at them. `from` is empty for the running kernel. Throws Error.
  Tracepoints(const std::vector<std::string>& specs, const std::filesystem::path& from);

  /// The records that the files describe, and, at the end of `roots`, what they need of BTF. Throws Error
  /// "PATH:LINE: WHAT", or "PATH: WHAT" for the file of another event.
  std::vector<select::Record> records(const btf::TypeTable& types, std::vector<select::Root>& roots) const;

  /// What the records are of, for the reader of a header: "tracefs of Linux 6.1.0", or the name of the copy.
  [[nodiscard]] std::string source() const;

 private:
  std::filesystem::path from_;
  std::vector<tracefs::FormatFile> files_;
};

}  // namespace bpfbuild::commands
