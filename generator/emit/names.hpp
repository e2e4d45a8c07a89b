/// Names in the output, each of them given once.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "btf/type_table.hpp"
#include "support/name_map.hpp"

namespace bpfbuild::emit {

/// C has one space of names for struct, union and enum tags and another one for typedefs and enumerators. BTF
/// has neither: a kernel holds different types of one name, from different files. The first to come gets the
/// name, the next ones a flavour of it, `name___2`, of which CO-RE ignores the end. A type whose own name
/// looks like that has to come first: CO-RE does not find it by a flavour.
class Names {
 public:
  explicit Names(const btf::TypeTable& types);

  /// Makes room for the names of these types and of their enumerators.
  void reserve(const std::vector<btf::TypeId>& ids);

  /// The name of a typedef or function, or the tag of another type; always the same for a type, and valid as
  /// long as this. Throws Error when it is no name in C.
  std::string_view of(btf::Type type) {
    return given_[type.id()] == Given::own ? type.name() : other_name(type);
  }

  /// The name for an enumerator that is about to be written, valid as long as this.
  std::string_view claim_enumerator(std::string_view name);

 private:
  /// The name itself when it is free, else the flavour to use.
  std::string_view claim(NameMap& uses, std::string_view name);
  std::string_view other_name(btf::Type type);
  NameMap& declared(btf::Type record);
  std::string_view give(btf::Type type);

  const btf::TypeTable& types_;
  NameMap tags_, identifiers_;  // how often each has been used
  enum class Given : std::uint8_t { nothing, own, flavour };
  std::vector<Given> given_;  // by type id
  std::unordered_map<btf::TypeId, std::string_view> flavours_;
  std::deque<std::string> made_;  // all flavours: they are names that are used as well
  NameMap structs_, unions_;      // of the names of forward declarations, the type that is meant
};

/// "struct", "union" or "enum": the word in front of the names of such types; empty for typedefs.
std::string_view tag_keyword(btf::Type type);

/// The macro that guards a header: "task_struct.h" to "BPFBUILD_TASK_STRUCT_H".
std::string include_guard(std::string_view file_name);

}  // namespace bpfbuild::emit
