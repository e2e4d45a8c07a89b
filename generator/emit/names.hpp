/// Names in the output, each of them given once.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "btf/type_table.hpp"

namespace bpfbuild::emit {

/// C has one space of names for struct, union and enum tags and another one for typedefs and enumerators. BTF
/// has neither: a kernel holds different types of one name, from different files. The first to come gets the
/// name, the next ones a flavour of it, `name___2`, of which CO-RE ignores the end.
class Names {
 public:
  explicit Names(const btf::TypeTable& types);

  /// "struct foo", "enum bar", or the bare name of a typedef; always the same for a type.
  /// Throws Error when it is no name in C.
  const std::string& of(btf::Type type);

  /// The name for an enumerator that is about to be written.
  std::string claim_enumerator(std::string_view name);

 private:
  using Uses = std::unordered_map<std::string_view, std::uint32_t>;

  static std::string claim(Uses& uses, std::string_view name);

  const btf::TypeTable& types_;
  Uses tags_;
  Uses identifiers_;
  std::unordered_map<btf::TypeId, std::string> given_;
  std::unordered_map<std::string, std::string>
      declared_;  // by "struct foo": what a forward declaration of it says
};

/// "struct", "union" or "enum": the word in front of the names of such types; empty for typedefs.
std::string_view tag_keyword(btf::Type type);

}  // namespace bpfbuild::emit
