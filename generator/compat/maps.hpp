/// Maps that an object defines in SEC(".maps").
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "btf/type_table.hpp"

namespace bpfbuild::compat {

struct Map {
  std::string name;
  std::uint32_t type;  // enum bpf_map_type
};

std::vector<Map> find_maps(const btf::TypeTable& types);

}  // namespace bpfbuild::compat
