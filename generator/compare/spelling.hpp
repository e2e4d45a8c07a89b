/// Types as a message shows them.
#pragma once

#include <string>

#include "btf/type_table.hpp"

namespace bpfbuild::compare {

/// "struct foo *", "pid_t", "char[16]", "function *": what a reader knows the type by. Of records without a
/// name only "struct", and of functions neither result nor parameters.
std::string spelling(const btf::TypeTable& types, btf::TypeId id);

}  // namespace bpfbuild::compare
