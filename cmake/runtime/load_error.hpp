/// What load_error says, out of what libbpf said.
#pragma once

#include <string>
#include <string_view>

#include "bpfbuild/loader.hpp"
#include "load_causes.hpp"

struct bpf_object;

namespace bpfbuild {

/// Explains why `step` of an object failed: its name, errno, and what libbpf said meanwhile. `file` is the
/// object itself, for kernels that do not tell lines; it may be empty. `opened` is what was opened of it, if
/// that succeeded.
load_error::explanation explain(std::string_view object, std::string_view step, int error,
                                const std::string& log, const Machine& machine, std::string_view file = "",
                                const bpf_object* opened = nullptr);

}  // namespace bpfbuild
