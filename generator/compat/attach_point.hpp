/// The functions and tracepoints that programs are attached to by their types, which the loader looks for.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "compat/kernel_types.hpp"

namespace bpfbuild::compat {

/// Why a kernel has not what a program of this section is for; empty if it has, nothing for sections that
/// need no type to be loaded, and for those that name none.
std::optional<std::string> why_no_attach_point(std::string_view section, const KernelTypes& kernel);

}  // namespace bpfbuild::compat
