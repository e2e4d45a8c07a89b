/// From the names of kfuncs, the functions that a kernel has for BPF programs to call, to what BTF has of
/// them.
#pragma once

#include <string_view>
#include <vector>

#include "btf/type_table.hpp"
#include "select/fields.hpp"

namespace bpfbuild::select {

/// The functions with a declaration tag of this name, in the order of their ids. Since Linux 6.10, built with
/// pahole 1.26, `bpf_kfunc` is on all kfuncs; before that BTF does not tell them from other functions.
std::vector<btf::TypeId> functions_tagged(const btf::TypeTable& types, std::string_view tag);

/// The kfuncs that the argument of --kfunc means, a name or a pattern; of BTF that tags none of them, the
/// functions of that name. `source` names the BTF in messages. Throws Error "--kfunc 'NAME': WHAT" when there
/// is none, when a name means no kfunc or several different ones, and, of kind usage, for what is no name.
std::vector<Root> look_up_kfuncs(const btf::TypeTable& types, std::string_view name, std::string_view source);

/// All functions that are tagged as kfuncs, each name once.
std::vector<Root> every_kfunc(const btf::TypeTable& types);

}  // namespace bpfbuild::select
