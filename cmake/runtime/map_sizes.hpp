/// Maps whose sizes user space is to set before it loads them.
#pragma once

#include <string_view>

struct bpf_map;

namespace bpfbuild {

/// "max_entries" or "value_size", when the map has 0 there and no kernel takes that; empty when it has both.
std::string_view unset_size(const bpf_map* map);

}  // namespace bpfbuild
