/// The names of BPF helpers, which instructions only know by number.
#pragma once

#include <cstdint>
#include <string>

namespace bpfbuild::compat {

/// "bpf_loop", or "helper 181" for one that is newer than the headers that this was built with.
std::string name_of_helper(std::int32_t number);

/// Whether libbpf puts an older helper in its place on kernels that do not know it.
bool has_replacement(std::int32_t helper);

}  // namespace bpfbuild::compat
