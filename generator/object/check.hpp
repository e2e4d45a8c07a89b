/// What a loader would find wrong with an object, told when it is built.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "object/object.hpp"

namespace bpfbuild::object {

struct Finding {
  std::string place;  // "tracer.bpf.c:12"; empty when it is of the whole object
  std::string text;
  bool is_error;  // no loader can take the object; else a program could still make it right
};

/// Looks for references that nothing resolves, programs in sections that libbpf does not know, and for what
/// is missing: the license, or everything that could be loaded. `name` is that of the object.
std::vector<Finding> check(const Object& object, std::string_view name);

/// Looks in the files that are to be linked for references to what they do not declare: the compiler knows
/// functions such as memcmp by itself, and no linker takes references without a type. `name` is that of the
/// object to be.
std::vector<Finding> check_declarations(const std::vector<Object>& inputs, std::string_view name);

}  // namespace bpfbuild::object
