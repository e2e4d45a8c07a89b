/// Tables of functions that an object gives the kernel: SEC(".struct_ops").
#pragma once

#include <string>
#include <vector>

#include "compat/kernel_types.hpp"
#include "object/object.hpp"

namespace bpfbuild::compat {

struct StructOps {
  std::string name;    // "struct tcp_congestion_ops", or with ".member" the one that is not there
  std::string reason;  // why the kernel does not take it; empty if it does
  bool is_optional;    // SEC("?.struct_ops")
};

/// Each table, and why the kernel does not take it; see bpf_map__init_kern_struct_ops() of libbpf.
std::vector<StructOps> check_struct_ops(const object::Object& object, const KernelTypes& kernel);

}  // namespace bpfbuild::compat
