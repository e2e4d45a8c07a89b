/// What a user asks for: the argument of --type.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "btf/format.hpp"

namespace bpfbuild::select {

/// The names of a field, of a field of that one's type, and so on: `mm.exe_file` is two of them.
using FieldPath = std::vector<std::string>;

/// `[struct|union|enum|typedef] NAME[@MARK][:PATH,...]`, where NAME and the names in a PATH may be patterns.
/// Without paths the whole type is meant. Of several types of the name, MARK tells the one that is meant, by
/// one of its fields or enumerators or by its size. `enum:ENUMERATOR,...` means the enums that have these
/// enumerators.
struct TypeSpec {
  std::string text;  // as the user wrote it
  std::optional<btf::Kind> kind;
  std::string name;
  std::string mark;  // see same_name.hpp; empty for none
  std::vector<FieldPath> fields;

  /// Whether the fields are the names of enumerators. No type has this name, since it is a keyword.
  [[nodiscard]] bool names_enumerators() const { return name == "enum"; }
};

/// Throws Error of kind usage "--type 'TEXT': WHAT".
TypeSpec parse_type_spec(std::string_view text);

/// Whether the text can stand as a name in C: letters, digits and underscores, and no keyword.
bool is_c_identifier(std::string_view text);

}  // namespace bpfbuild::select
