/// Which line of which source the code of an object comes from.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "object/object.hpp"

namespace bpfbuild::object {

/// A record of the line information: code from here on is of this line.
struct LineRecord {
  std::string section;
  std::uint64_t offset;  // in the section
  std::string file;
  std::uint32_t line;           // from 1; 0 when unknown
  std::string text;             // of the line; empty when the compiler did not find the file
  std::size_t text_in_btf_ext;  // where .BTF.ext has the word that says where the text is
};

/// The line information of the section .BTF.ext, in its order; see "BTF.ext" in the kernel's
/// Documentation/bpf/btf.rst. What is damaged counts as absent: lines only adorn messages.
std::vector<LineRecord> read_line_records(const Object& object);

/// The line of each place of the code.
class Lines {
 public:
  explicit Lines(const Object& object);

  /// "tracer.bpf.c:12" for a byte of the code; empty when unknown.
  [[nodiscard]] std::string at(std::string_view section, std::uint64_t offset) const;

 private:
  std::map<std::pair<std::string, std::uint64_t>, std::string> places_;  // by section and offset
};

}  // namespace bpfbuild::object
