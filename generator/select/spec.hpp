/// What a user asks for: the argument of --type.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "btf/format.hpp"

namespace bpfbuild::select {

/// `[struct|union|enum|typedef] NAME[:FIELD,...]`. Without fields the whole type is meant.
struct TypeSpec {
  std::string text;  // as the user wrote it
  std::optional<btf::Kind> kind;
  std::string name;
  std::vector<std::string> fields;
};

/// Throws Error of kind usage "--type 'TEXT': WHAT".
TypeSpec parse_type_spec(std::string_view text);

/// Whether the text can stand as a name in C: letters, digits and underscores, and no keyword.
bool is_c_identifier(std::string_view text);

}  // namespace bpfbuild::select
