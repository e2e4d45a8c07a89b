/// From what a user wrote to the types that are meant.
#pragma once

#include <string_view>
#include <vector>

#include "btf/type_table.hpp"
#include "select/fields.hpp"
#include "select/spec.hpp"

namespace bpfbuild::select {

/// The types that a specification means: one, or a struct together with the typedef of the same name, or all
/// that fit a pattern; and those that its paths go through behind pointers. `source` names the BTF in
/// messages.
///
/// A name of which several types exist is an error, unless the kind or the fields that are asked for leave
/// only one. A pattern takes them all, but of those without the fields that are asked for, none. Throws Error
/// "--type 'TEXT': WHAT"; about a type that is not there it says `how_to_keep`, where it is known how it gets
/// there.
std::vector<Root> look_up(const btf::TypeTable& types, const TypeSpec& spec, std::string_view source,
                          std::string_view how_to_keep = {});

}  // namespace bpfbuild::select
