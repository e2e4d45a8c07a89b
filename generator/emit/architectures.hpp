/// The types of several architectures in one text.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace bpfbuild::emit {

/// The body of a header for one architecture, or its records of tracepoints.
struct ArchitectureBody {
  std::string name;  // as in __TARGET_ARCH_<name>
  std::string text;  // see body() and append_records()
};

/// One text that is for each architecture what its own is: what differs stands under `__TARGET_ARCH_<name>`.
std::string merge(std::span<const ArchitectureBody> bodies);

/// What makes compiling for any other architecture an error. `file_name` names the header in that.
std::string architecture_guard(std::span<const ArchitectureBody> bodies, std::string_view file_name);

}  // namespace bpfbuild::emit
