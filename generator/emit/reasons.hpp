/// Why each declaration is in a header that was made for programs.
#pragma once

#include <map>
#include <string>

#include "btf/type_table.hpp"

namespace bpfbuild::emit {

/// A line for each type and function that has one.
using Reasons = std::map<btf::TypeId, std::string>;

/// The comment for the end of its line; nothing where there is no reason.
inline std::string comment_of(const Reasons& reasons, btf::TypeId id) {
  const auto reason = reasons.find(id);
  return reason == reasons.end() ? "" : "  // " + reason->second;
}

}  // namespace bpfbuild::emit
