/// The types of several architectures in one text.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace bpfbuild::emit {

/// The body of a header for one architecture.
struct ArchitectureBody {
  std::string name;  // as in __TARGET_ARCH_<name>
  std::string text;  // see body()
};

/// One body that is for each architecture what its own is: what differs stands under `__TARGET_ARCH_<name>`,
/// and compiling for any other architecture is an error. `file_name` names the header in that.
std::string merge(std::span<const ArchitectureBody> bodies, std::string_view file_name);

}  // namespace bpfbuild::emit
