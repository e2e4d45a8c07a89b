/// From what a user wrote to the types that are meant.
#pragma once

#include <string_view>
#include <vector>

#include "btf/type_table.hpp"
#include "select/fields.hpp"
#include "select/spec.hpp"

namespace bpfbuild::select {

/// A type that is to be defined, and how much of it.
struct Root {
  btf::TypeId type;  // a record, enum or typedef
  Fields fields;     // of the record, or of the unnamed record that the typedef names
};

/// The types that a specification means: one, or a struct together with the typedef of the same name.
/// `source` names the BTF in messages.
///
/// A name of which several types exist is an error, unless the kind or the fields that are asked for leave
/// only one. Throws Error "--type 'TEXT': WHAT".
std::vector<Root> look_up(const btf::TypeTable& types, const TypeSpec& spec, std::string_view source);

}  // namespace bpfbuild::select
