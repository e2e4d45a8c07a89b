/// Which line of which source the code of an object comes from.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "object/object.hpp"

namespace bpfbuild::object {

/// The line information of the section .BTF.ext; see "BTF.ext" in the kernel's Documentation/bpf/btf.rst.
class Lines {
 public:
  /// What is damaged counts as absent: lines only adorn messages.
  explicit Lines(const Object& object);

  /// "tracer.bpf.c:12" for a byte of the code; empty when unknown.
  [[nodiscard]] std::string at(std::string_view section, std::uint64_t offset) const;

 private:
  std::map<std::pair<std::string, std::uint64_t>, std::string> places_;  // by section and offset
};

}  // namespace bpfbuild::object
