/// Types of an object's BTF as text.
#pragma once

#include <string>
#include <string_view>

#include "btf/type_table.hpp"

namespace bpfbuild::proof {

/// What counts of a struct or union that has a name: no more than that, whether it is defined or only
/// declared, or also its size.
enum class Detail { name, definition, size };

/// A type, with the members of those without a name. Of what is behind a pointer inside of a type with a name
/// nothing is told.
std::string signature(const btf::TypeTable& types, btf::TypeId id, Detail detail);

/// What an access string of CO-RE, "0:3:1", means in a type: "struct task_struct.mm.pgd".
std::string access_path(const btf::TypeTable& types, btf::TypeId id, std::string_view access);

}  // namespace bpfbuild::proof
